namespace NacGateway.Benchmarks.Http;

/// <summary>The 511 to devices that come all at once, each request with a connection of its own, beside nginx and beside a bare Kestrel.</summary>
internal static class StormMeasurement
{
    private const double LeastOfKestrel = 0.9;
    private const double LeastOfNginx = 0.3;
    private const string What = "511 storm, 200 clients, a connection per request";

    private const string Request =
        "GET /news HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: Mozilla/5.0\r\nAccept: text/html,application/xhtml+xml\r\nConnection: close\r\n\r\n";

    /// <summary>Measures and enters the rows; those of nginx only where it is installed.</summary>
    public static async Task RunAsync(ResultTable table, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync("511 storm");
        await using var gateway = await GatewayProcess.StartAsync(GateMeasurement.Settings, connectionString: null, cancellationToken);
        var answer = await GateMeasurement.AskAsync(gateway.GatePort, Request, cancellationToken);
        if (answer.StatusCode != 511)
        {
            throw new InvalidOperationException($"The gate answered {answer.StatusCode}, not 511.");
        }

        await KestrelAsync(table, gateway, answer, cancellationToken);
        if (NginxPeer.Program is not { } program)
        {
            await Console.Error.WriteLineAsync("511 storm beside nginx: not measured, for nginx is not installed (apt-get install --no-install-recommends nginx-light).");
            return;
        }

        await using var nginx = await NginxPeer.StartAsync(program, answer, Request, cancellationToken);
        var result = await Duel.RunAsync(DuelLoad.Storm, (gateway.Process, gateway.GatePort), (nginx.Process, nginx.Port), Request, cancellationToken);
        result.AddTo(table, What, "nginx `return 511`, same headers and body", LeastOfNginx);
    }

    private static async Task KestrelAsync(ResultTable table, GatewayProcess gateway, RawAnswer answer, CancellationToken cancellationToken)
    {
        var (kestrel, port) = await BareServer.StartAsync(answer, Request, cancellationToken);
        await using var bare = kestrel;
        var result = await Duel.RunAsync(DuelLoad.Storm, (gateway.Process, gateway.GatePort), (kestrel, port), Request, cancellationToken);
        result.AddTo(table, What, BareServer.Name, LeastOfKestrel);
    }
}
