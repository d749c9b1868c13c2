namespace NacGateway.Web.Observability;

/// <summary>Header fields for a collector, from the setting or its file. They are secrets: no problem quotes them.</summary>
internal static class OtlpHeaders
{
    /// <summary>The fields as the exporter takes them, empty for none; null with the reason where they cannot be used.</summary>
    public static string? TryRead(TelemetryOptions options, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(options);
        problem = null;
        var text = options.OtlpHeaders ?? "";
        if (!string.IsNullOrEmpty(options.OtlpHeadersFile))
        {
            try
            {
                text = File.ReadAllText(options.OtlpHeadersFile);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                problem = $"cannot be read: {exception.Message}";
                return null;
            }
        }

        string[] fields = [.. text.Split([',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        if (Array.Exists(fields, field => !IsField(field)))
        {
            problem = "holds something that is not name=value";
            return null;
        }

        return string.Join(',', fields);
    }

    private static bool IsField(string field) =>
        field.IndexOf('=', StringComparison.Ordinal) is var end and > 0
        && field[..end].All(character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal))
        && !field.Any(char.IsControl);
}
