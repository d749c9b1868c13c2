using System.Globalization;

namespace NacGateway.Benchmarks.Http;

/// <summary>Forwarding for a client that is signed in against a bare YARP with the same route to the same origin.</summary>
internal static class ForwardMeasurement
{
    private const double Least = 0.9;
    private const string Secret = "a secret for the benchmark";
    private const string Request = "GET /page HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: Mozilla/5.0\r\nAccept: text/html,application/xhtml+xml\r\n\r\n";

    /// <summary>Measures and enters the rows.</summary>
    public static async Task RunAsync(ResultTable table, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync("Forwarding");
        await using var origin = ChildProcess.StartPeer(core: 1, "peer", "origin");
        var originPort = await PortAsync(origin, cancellationToken);
        var originUrl = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{originPort}/");
        await using var yarp = ChildProcess.StartPeer(core: 0, "peer", "yarp", originUrl);
        var yarpPort = await PortAsync(yarp, cancellationToken);
        await using var radius = AcceptingServer.Start(Secret);
        var settings = new Dictionary<string, string>(GateMeasurement.Settings, StringComparer.Ordinal)
        {
            ["Radius:Servers:0:AuthenticationPort"] = radius.AuthenticationEndPoint.Port.ToString(CultureInfo.InvariantCulture),
            ["Radius:Servers:0:Secret"] = Secret,
            ["ReverseProxy:Routes:all:ClusterId"] = "origin",
            ["ReverseProxy:Routes:all:Match:Path"] = "{**path}",
            ["ReverseProxy:Clusters:origin:Destinations:only:Address"] = originUrl,
        };
        await using var gateway = await GatewayProcess.StartAsync(settings, connectionString: null, cancellationToken);
        await gateway.SignInAsync("alice", "wonderland", cancellationToken);

        var ours = await GateMeasurement.AskAsync(gateway.GatePort, Request, cancellationToken);
        var theirs = await GateMeasurement.AskAsync(yarpPort, Request, cancellationToken);
        if (ours.StatusCode != 200 || !ours.Body.AsSpan().SequenceEqual(theirs.Body))
        {
            throw new InvalidOperationException($"The gate answered {ours.StatusCode} and not the origin's page.");
        }

        var result = await Duel.RunAsync((gateway.Process, gateway.GatePort), (yarp, yarpPort), Request, cancellationToken);
        result.AddTo(table, "Forwarding", "bare YARP, same route", Least);
    }

    private static async Task<int> PortAsync(ChildProcess process, CancellationToken cancellationToken) =>
        int.Parse((await process.WaitForLineAsync(GateMeasurement.Listening(), cancellationToken)).Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
}
