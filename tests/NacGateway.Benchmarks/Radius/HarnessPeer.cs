using System.Text.Json;
using System.Text.RegularExpressions;

namespace NacGateway.Benchmarks.Radius;

/// <summary>The harness as people run it: its server, and its load.</summary>
internal static partial class HarnessPeer
{
    private const string Assembly = "nac-harness.dll";

    /// <summary><c>aaa</c> on a free port.</summary>
    public static async Task<(ChildProcess Process, int Port)> StartAaaAsync(string usersFile, int? core, CancellationToken cancellationToken)
    {
        var process = ChildProcess.StartDotnet(Assembly, core, ["aaa", "--users", usersFile, "--listen", "127.0.0.1:0", "--quiet", "--json"], RadiusUsers.Environment);
        try
        {
            var line = await process.WaitForLineAsync(Listening(), cancellationToken);
            return (process, int.Parse(line.Groups["port"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary><c>load</c> with one window to its end; every request must be accepted.</summary>
    public static async Task<JsonElement> LoadAsync(int port, int? core, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        await using var load = ChildProcess.StartDotnet(Assembly, core, ["load", "--json", "--server", $"127.0.0.1:{port}", .. RadiusUsers.Arguments, .. arguments], RadiusUsers.Environment);
        var output = await load.WaitForEndAsync(cancellationToken);
        var summary = JsonSerializer.Deserialize<JsonElement>(output.Split('\n').Last(line => line.Contains("\"summary\"", StringComparison.Ordinal)));
        return summary.GetProperty("accepted").GetInt64() == summary.GetProperty("sent").GetInt64()
            ? summary
            : throw new InvalidOperationException($"Not every request was accepted: {summary}");
    }

    [GeneratedRegex("\"endPoint\":\"127\\.0\\.0\\.1:(?<port>\\d+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
