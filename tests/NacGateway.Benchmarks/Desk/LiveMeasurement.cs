using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace NacGateway.Benchmarks.Desk;

/// <summary>What twenty administrators who watch the list of sessions cost a gateway in which 200 things happen a second: its processor time with them less that without them.</summary>
internal static partial class LiveMeasurement
{
    private const int Watchers = 20;
    private const double MostOfCore = 0.05;
    private const int Rounds = 3;
    private static readonly TimeSpan s_phase = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(3);

    /// <summary>What they look at: five each.</summary>
    private static readonly string[] s_views = ["", "?role=guest", "?user=user1", "?sort=user"];

    /// <summary>Measures and enters the row.</summary>
    public static async Task RunAsync(ResultTable table, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync("Desk, live");
        var folder = Directory.CreateTempSubdirectory("nacgateway-bench-");
        try
        {
            await using var gateway = ChildProcess.StartPeer(core: 0, "desk-live", folder.FullName);
            var port = (await gateway.WaitForLineAsync(Listening(), cancellationToken)).Groups["port"].Value;
            List<double> without = [], with = [];
            long octets = 0;
            await ShareAsync(gateway, cancellationToken);
            for (var round = 0; round < Rounds; round++)
            {
                without.Add(await ShareAsync(gateway, cancellationToken));
                var (share, read) = await WatchedAsync(gateway, new Uri($"http://127.0.0.1:{port}"), cancellationToken);
                with.Add(share);
                octets += read;
            }

            var (idle, busy) = (without.Average(), with.Average());
            var perSecond = octets / 1e3 / (Rounds * (s_phase + s_settle).TotalSeconds) / Watchers;
            table.Add(
                $"{Watchers} administrators watch sessions, 200 events/s, share of a core", Percent(busy), $"nobody watches: {Percent(idle)}", Percent(busy - idle), $"{Percent(MostOfCore)} at most", busy - idle <= MostOfCore && perSecond > 0);
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"    each reads {perSecond:0.0} kB/s"));
        }
        catch (HttpRequestException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            table.Add($"{Watchers} administrators watch sessions, 200 events/s, share of a core", "not measured", "there is no /live/sessions", "-", $"{Percent(MostOfCore)} at most", kept: false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(double Share, long Octets)> WatchedAsync(ChildProcess gateway, Uri desk, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = desk, Timeout = Timeout.InfiniteTimeSpan };
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = Enumerable.Range(0, Watchers).Select(number => WatchAsync(client, s_views[number % s_views.Length], end.Token)).ToArray();
        await Task.Delay(s_settle, TimeProvider.System, cancellationToken);
        if (watching.FirstOrDefault(task => task.IsCompleted) is { } ended)
        {
            await ended;
            throw new InvalidOperationException("A stream ended by itself.");
        }

        var share = await ShareAsync(gateway, cancellationToken);
        await end.CancelAsync();
        return (share, (await Task.WhenAll(watching)).Sum());
    }

    private static async Task<long> WatchAsync(HttpClient client, string view, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(new Uri("/live/sessions" + view, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.EnsureSuccessStatusCode();
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[16 * 1024];
        long octets = 0;
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                octets += read;
            }
        }
        catch (OperationCanceledException)
        {
            // That was all.
        }

        return octets;
    }

    /// <summary>Processor time of a phase by its length.</summary>
    private static async Task<double> ShareAsync(ChildProcess gateway, CancellationToken cancellationToken)
    {
        gateway.ThrowIfEnded();
        var (used, started) = (gateway.ProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(s_phase, TimeProvider.System, cancellationToken);
        return (gateway.ProcessorTime - used) / Stopwatch.GetElapsedTime(started);
    }

    private static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    [GeneratedRegex("listening on (?<port>[0-9]+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
