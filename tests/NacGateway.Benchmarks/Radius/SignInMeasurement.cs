using System.Globalization;
using System.Text.RegularExpressions;
using NacGateway.Benchmarks.Http;

namespace NacGateway.Benchmarks.Radius;

/// <summary>Sign-ins at the portal, from the form to the durable session, beside a bare server that does only what no sign-in can do without, and beside what the RADIUS server answers by itself.</summary>
internal static partial class SignInMeasurement
{
    private const int Parallel = 64;
    private const int PerTurn = 2_000;
    private const int WarmUps = 12;
    private const double Least = 0.5;

    /// <summary>Measures and enters the row.</summary>
    public static async Task RunAsync(ResultTable table, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync("Sign-ins");
        var folder = Directory.CreateTempSubdirectory("nacgateway-bench-");
        var users = Path.Combine(folder.FullName, "users");
        try
        {
            await File.WriteAllTextAsync(users, RadiusUsers.File, cancellationToken);
            var (radius, radiusPort) = await HarnessPeer.StartAaaAsync(users, core: 1, cancellationToken);
            await using var server = radius;
            await using var gateway = await GatewayProcess.StartAsync(Settings(radiusPort), connectionString: null, cancellationToken);
            await using var bare = ChildProcess.StartPeer(core: 0, "peer", "sign-in", Text(radiusPort), Path.Combine(folder.FullName, "bare.db"));
            var barePort = int.Parse((await bare.WaitForLineAsync(GateMeasurement.Listening(), cancellationToken)).Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
            var next = 0;
            async Task<double> SignInsAsync(int port)
            {
                await using var load = ChildProcess.StartPeer(core: 1, "sign-ins", Text(port), Text(next), Text(PerTurn), Text(Parallel));
                next += PerTurn;
                var match = CountAndSeconds().Match(await load.WaitForEndAsync(cancellationToken));
                return double.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture) / double.Parse(match.Groups["seconds"].ValueSpan, CultureInfo.InvariantCulture);
            }

            for (var turn = 0; turn < WarmUps; turn++)
            {
                await SignInsAsync(gateway.PortalPort);
                await SignInsAsync(barePort);
            }

            var alone = (await HarnessPeer.LoadAsync(radiusPort, core: 1, ["--seconds", "3", "--parallel", Text(Parallel)], cancellationToken)).GetProperty("perSecond").GetDouble();
            var (ours, theirs, ratio) = await Rounds.RunAsync(() => SignInsAsync(gateway.PortalPort), () => SignInsAsync(barePort));
            table.AtLeast("Portal sign-ins, form to durable session", PerSecond(ours), $"bare Kestrel, Access-Request and commit: {PerSecond(theirs)}; its RADIUS server alone: {PerSecond(alone)}", ratio, Least);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Dictionary<string, string> Settings(int radiusPort) => new(StringComparer.Ordinal)
    {
        ["Radius:Servers:0:Name"] = "bench",
        ["Radius:Servers:0:Host"] = "127.0.0.1",
        ["Radius:Servers:0:AuthenticationPort"] = Text(radiusPort),
        ["Radius:Servers:0:Secret"] = RadiusUsers.Secret,
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string PerSecond(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:#,0}/s");

    [GeneratedRegex(@"^(?<count>\d+) (?<seconds>[\d.]+)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CountAndSeconds();
}
