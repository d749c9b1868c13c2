using System.Globalization;

namespace NacGateway.TestKit;

/// <summary>What curl wrote and how it ended.</summary>
/// <param name="ExitCode">curl's exit code; 0 is a transfer, whatever its status.</param>
/// <param name="Output">Headers and bodies.</param>
public sealed record CurlResult(int ExitCode, string Output)
{
    /// <summary>Status codes of all answers, in order; interim ones too.</summary>
    public IReadOnlyList<int> Statuses => [.. Output.Split('\n')
        .Where(line => line.StartsWith("HTTP/", StringComparison.Ordinal))
        .Select(line => int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture))];

    /// <summary>Status code of the last answer; 0 when there was none.</summary>
    public int Status => Statuses is [.., var last] ? last : 0;

    /// <summary>The first header of that name in the last answer; null when it has none.</summary>
    public string? Header(string name)
    {
        var start = Output.LastIndexOf("HTTP/", StringComparison.Ordinal);
        var headers = Output[Math.Max(start, 0)..].Split('\n').TakeWhile(line => line.Trim().Length > 0);
        return headers.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
    }
}
