using System.Text.Json;
using Xunit;

namespace NacGateway.Radius.Tests.Harness.Loading;

/// <summary>One run of <c>nac-harness load --json</c> to its end.</summary>
internal sealed record LoadRun(int ExitCode, IReadOnlyList<JsonElement> Seconds, JsonElement Summary, string Errors)
{
    public static async Task<LoadRun> RunAsync(ScriptedServer server, params string[] arguments) =>
        await RunAsync(server.EndPoint.ToString(), ScriptedServer.Secret, ["--acct-port", server.Port, .. arguments]);

    public static async Task<LoadRun> RunAsync(string server, string secret, params string[] arguments)
    {
        string[] users = arguments.Any(argument => argument is "--user" or "--users") ? [] : ["--user", "user{1..50}", "--password", "pass{n}"];
        var run = await HarnessRun.RunAsync(["load", "--json", "--server", server, .. users, .. arguments], secret);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToArray();
        Assert.NotEmpty(lines);
        return new LoadRun(run.ExitCode, lines[..^1], lines[^1], run.Errors);
    }

    public long Count(string name) => Summary.GetProperty(name).GetInt64();

    /// <summary>The sum over the seconds.</summary>
    public long Sum(string name) => Seconds.Sum(second => second.GetProperty(name).GetInt64());
}
