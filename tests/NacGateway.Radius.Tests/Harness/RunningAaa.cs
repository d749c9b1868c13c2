using System.Net;
using System.Text.Json;
using NacGateway.TestKit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary><c>nac-harness aaa</c> with the users of the demo, on a port that the system chose.</summary>
internal sealed class RunningAaa : IAsyncDisposable
{
    public const string Secret = "a secret of the harness tests";

    private readonly ChildProcess _process;

    private RunningAaa(ChildProcess process, string endPoint)
    {
        _process = process;
        EndPoint = IPEndPoint.Parse(endPoint);
    }

    public static string Users => Path.Combine(Repository.Root, "seeds", "demo-users.json");

    public IPEndPoint EndPoint { get; }

    public string AccountingEndPoint => Lines[0].GetProperty("accountingEndPoint").GetString()!;

    public ChildProcess Process => _process;

    /// <summary>The lines that are JSON; warnings are not.</summary>
    public IReadOnlyList<JsonElement> Lines => [.. _process.Output.Split('\n').Where(line => line.StartsWith('{')).Select(Parse)];

    public static async Task<RunningAaa> StartAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["NAC_HARNESS_SECRET"] = Secret };
        var process = ChildProcess.Start(HarnessRun.Executable, ["aaa", "--users", Users, "--json", .. arguments.Contains("--listen", StringComparer.Ordinal) ? arguments : ["--listen", "127.0.0.1:0", .. arguments]], environment);
        try
        {
            var first = Parse(await process.WaitForLineAsync(line => line.StartsWith('{'), cancellationToken));
            return new RunningAaa(process, first.GetProperty("endPoint").GetString()!);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public Task<HarnessRun> SendAsync(string user, string password, params string[] arguments) =>
        HarnessRun.RunAsync(["send", "auth", "--server", EndPoint.ToString(), "--user", user, "--password-stdin", .. arguments], Secret, password);

    /// <summary>Asks it to end and waits for its last line; returns the exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken, string signal = "TERM")
    {
        var exitCode = await _process.StopAsync(signal);
        await _process.WaitForLineAsync(line => line.Contains("\"stopped\"", StringComparison.Ordinal), cancellationToken);
        return exitCode;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static JsonElement Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
