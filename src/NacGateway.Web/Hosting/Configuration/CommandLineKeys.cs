namespace NacGateway.Web.Hosting.Configuration;

/// <summary>Settings given on the command line: <c>--Section:Key=value</c> or <c>--Section:Key value</c>.</summary>
internal static class CommandLineKeys
{
    private static readonly string[] Urls = ["urls", "http_ports", "https_ports"];

    /// <summary>Reads what the commands left over; whatever is no setting is an error.</summary>
    public static IReadOnlyDictionary<string, string?> Read(IReadOnlyList<string> tokens, List<string> errors)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(errors);
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            var equals = token.IndexOf('=', StringComparison.Ordinal);
            var key = (equals < 0 ? token : token[..equals]).TrimStart('-');
            if (token.StartsWith("--", StringComparison.Ordinal) && Urls.Contains(key, StringComparer.OrdinalIgnoreCase))
            {
                errors.Add(UrlsRefused($"--{key}"));
                i += equals < 0 ? 1 : 0;
            }
            else if (!token.StartsWith("--", StringComparison.Ordinal) || !key.Contains(':', StringComparison.Ordinal))
            {
                errors.Add($"'{token}' is neither a command, nor an option, nor a setting. Settings are written --Section:Key=value; see --help.");
            }
            else if (equals >= 0)
            {
                settings[key] = token[(equals + 1)..];
            }
            else if (i + 1 < tokens.Count && !tokens[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                settings[key] = tokens[++i];
            }
            else
            {
                errors.Add($"--{key} has no value. Write --{key}=VALUE.");
            }
        }

        return settings;
    }

    public static string UrlsRefused(string source) =>
        $"{source} is refused: each listener has its own address. Set Gate:Listen, Portal:Listen, Portal:ListenHttps and Admin:Listen as ADDRESS:PORT.";
}
