using System.Net;
using System.Text.Json;
using NacGateway.Radius.Client;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;

namespace NacGateway.Radius.Tests.Harness.Playing;

/// <summary><c>nac-harness nas --json</c> towards a scripted server, and its Disconnect and CoA port.</summary>
internal sealed class RunningNas : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly RadiusClient _client;

    private RunningNas(ChildProcess process, IPEndPoint coa)
    {
        _process = process;
        Coa = coa;
        _client = new RadiusClient(new RadiusServerSettings { Name = "nas", EndPoint = coa, Secret = System.Text.Encoding.UTF8.GetBytes(ScriptedServer.Secret) }, TimeProvider.System);
    }

    /// <summary>Where it listens for Disconnect- and CoA-Requests.</summary>
    public IPEndPoint Coa { get; }

    public IReadOnlyList<JsonElement> Events => [.. _process.Output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    public static async Task<RunningNas> StartAsync(ScriptedServer server, CancellationToken cancellationToken, params string[] arguments)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["NAC_HARNESS_SECRET"] = ScriptedServer.Secret };
        var process = ChildProcess.Start(
            HarnessRun.Executable,
            ["nas", "--json", "--server", server.EndPoint.ToString(), "--acct-port", server.Port, "--coa-listen", "0", "--user", "user{1..3}", "--password", "p", "--seed", "5", .. arguments],
            environment);
        try
        {
            var listening = JsonSerializer.Deserialize<JsonElement>(await process.WaitForLineAsync(line => line.Contains("coa-listen", StringComparison.Ordinal), cancellationToken));
            return new RunningNas(process, IPEndPoint.Parse(listening.GetProperty("outcome").GetString()!));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until an event has happened as often as said, and returns the last of them.</summary>
    public async Task<JsonElement> WaitForAsync(string name, CancellationToken cancellationToken, int times = 1)
    {
        // Lines may be offered again; no two events have the same text, for each has its time and session.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var line = await _process.WaitForLineAsync(line => line.Contains($"\"event\":\"{name}\"", StringComparison.Ordinal) && seen.Add(line) && seen.Count == times, cancellationToken);
        return JsonSerializer.Deserialize<JsonElement>(line);
    }

    /// <summary>Asks for a Disconnect or CoA, attributes as text.</summary>
    public Task<ExchangeResult> AskAsync(RadiusCode code, string attributes, CancellationToken cancellationToken) => _client.ExchangeAsync(
        code,
        (request, server) =>
        {
            if (AttributeAssignment.TryParseList(attributes, AttributeDictionary.Default, out var list, out var error) is false)
            {
                throw new ArgumentException(error, nameof(attributes));
            }

            foreach (var attribute in list)
            {
                attribute.AddTo(request.Attributes, server.Secret.Span, request.Authenticator);
            }
        },
        TimeSpan.FromSeconds(10),
        cancellationToken);

    /// <summary>Ends it as Ctrl+C does and returns the exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        var exitCode = await _process.StopAsync("INT");
        await WaitForAsync("summary", cancellationToken);
        return exitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _process.DisposeAsync();
    }
}
