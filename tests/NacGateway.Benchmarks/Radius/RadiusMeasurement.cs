using System.Diagnostics;
using System.Globalization;

namespace NacGateway.Benchmarks.Radius;

/// <summary>The harness against FreeRADIUS: its load against radclient, its server against theirs.</summary>
internal static class RadiusMeasurement
{
    private const int Window = 64;
    private const int Repeats = 150;
    private const int WarmUps = 4;
    private const string Seconds = "3";
    private const double Least = 1.0;

    /// <summary>Measures and enters the rows; says so and enters none where FreeRADIUS is not installed.</summary>
    public static async Task RunAsync(ResultTable table, CancellationToken cancellationToken)
    {
        if (FreeRadiusPeer.Find("freeradius") is not { } server || FreeRadiusPeer.Find("radclient") is not { } radclient)
        {
            await Console.Error.WriteLineAsync("RADIUS: not measured, for freeradius or radclient is not installed (tests/install installs both).");
            return;
        }

        await using var peer = await FreeRadiusPeer.StartAsync(server, core: 0, cancellationToken);
        await LoadAsync(table, radclient, peer, cancellationToken);
        await ServeAsync(table, peer, cancellationToken);
    }

    /// <summary>The same requests to the same server from start to end of each process: what it takes to begin counts for both.</summary>
    private static async Task LoadAsync(ResultTable table, string radclient, FreeRadiusPeer peer, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync("Load");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, RadiusUsers.Requests, cancellationToken);
            const int Total = RadiusUsers.Count * Repeats;
            var window = Window.ToString(CultureInfo.InvariantCulture);
            async Task<double> OursAsync()
            {
                var started = Stopwatch.GetTimestamp();
                await HarnessPeer.LoadAsync(peer.Port, core: 1, ["--count", Total.ToString(CultureInfo.InvariantCulture), "--parallel", window], cancellationToken);
                return Total / Stopwatch.GetElapsedTime(started).TotalSeconds;
            }

            async Task<double> TheirsAsync()
            {
                var started = Stopwatch.GetTimestamp();
                await using var client = ChildProcess.StartProgram(
                    radclient, core: 1, ["-q", "-c", Repeats.ToString(CultureInfo.InvariantCulture), "-p", window, "-f", file, $"127.0.0.1:{peer.Port}", "auth", RadiusUsers.Secret]);
                await client.WaitForEndAsync(cancellationToken);
                return Total / Stopwatch.GetElapsedTime(started).TotalSeconds;
            }

            await OursAsync();
            var (ours, theirs, ratio) = await Rounds.RunAsync(OursAsync, TheirsAsync);
            table.AtLeast($"Harness `load` on FreeRADIUS, window {Window}", Text(ours), $"radclient -p {Window}: {Text(theirs)}", ratio, Least);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task ServeAsync(ResultTable table, FreeRadiusPeer peer, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync("AAA server");
        var users = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(users, RadiusUsers.File, cancellationToken);
            var (process, port) = await HarnessPeer.StartAaaAsync(users, core: 0, cancellationToken);
            await using var ours = process;
            async Task<double> AskAsync(int asked) =>
                (await HarnessPeer.LoadAsync(asked, core: 1, ["--seconds", Seconds, "--parallel", Window.ToString(CultureInfo.InvariantCulture)], cancellationToken)).GetProperty("perSecond").GetDouble();
            for (var turn = 0; turn < WarmUps; turn++)
            {
                await AskAsync(port);
            }

            var (mine, theirs, ratio) = await Rounds.RunAsync(() => AskAsync(port), () => AskAsync(peer.Port));
            table.AtLeast("Harness `aaa` answers PAP, 1,000 users", Text(mine), $"FreeRADIUS, flat users file: {Text(theirs)}", ratio, Least);
        }
        finally
        {
            File.Delete(users);
        }
    }

    private static string Text(double perSecond) => string.Create(CultureInfo.InvariantCulture, $"{perSecond:#,0}/s");
}
