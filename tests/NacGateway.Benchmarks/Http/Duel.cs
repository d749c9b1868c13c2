using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NacGateway.Benchmarks.Http;

/// <summary>
/// Two servers under the same load in turn, several times, first one first and then the other first: what a noisy neighbour does
/// to the machine falls on both. The figure is the median over the rounds of the ratio within a round.
/// </summary>
internal static partial class Duel
{
    private const int Rounds = 6;
    private const int LeastWarmUpTurns = 5;
    private const int MostWarmUpTurns = 12;
    private const double Seconds = 3;

    /// <summary>Measures both under requests over connections that are kept; the answers were compared before, this only counts them.</summary>
    public static Task<DuelResult> RunAsync((ChildProcess Process, int Port) ours, (ChildProcess Process, int Port) peer, string request, CancellationToken cancellationToken) =>
        RunAsync(DuelLoad.Kept, ours, peer, request, cancellationToken);

    /// <summary>Measures both under a load; the answers were compared before, this only counts them.</summary>
    public static async Task<DuelResult> RunAsync(
        DuelLoad load, (ChildProcess Process, int Port) ours, (ChildProcess Process, int Port) peer, string request, CancellationToken cancellationToken)
    {
        var requestFile = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(requestFile, request, Encoding.Latin1, cancellationToken);
            await WarmUpAsync(load, ours, requestFile, cancellationToken);
            await WarmUpAsync(load, peer, requestFile, cancellationToken);
            var rounds = new List<(Sample Ours, Sample Peer)>();
            for (var round = 0; round < Rounds; round++)
            {
                var oursFirst = round % 2 == 0;
                var first = await LoadAsync(load, oursFirst ? ours : peer, requestFile, cancellationToken);
                var second = await LoadAsync(load, oursFirst ? peer : ours, requestFile, cancellationToken);
                rounds.Add(oursFirst ? (first, second) : (second, first));
                await Console.Error.WriteLineAsync($"    round {round + 1}/{Rounds}: {rounds[^1].Ours} against {rounds[^1].Peer}");
            }

            return new DuelResult(
                Median(rounds.Select(round => round.Ours.PerSecond)),
                Median(rounds.Select(round => round.Peer.PerSecond)),
                Median(rounds.Select(round => round.Ours.PerSecond / round.Peer.PerSecond)),
                Median(rounds.Select(round => round.Peer.ProcessorMicroseconds / round.Ours.ProcessorMicroseconds)));
        }
        finally
        {
            File.Delete(requestFile);
        }
    }

    /// <summary>
    /// Until the compiler is done with the hot paths: while a request still costs clearly less processor time than it did in the
    /// turn before, what is measured is the compiler's work, and that of whoever has more code.
    /// </summary>
    private static async Task WarmUpAsync(DuelLoad load, (ChildProcess Process, int Port) server, string requestFile, CancellationToken cancellationToken)
    {
        var before = double.MaxValue;
        var calm = 0;
        for (var turn = 0; turn < LeastWarmUpTurns || (turn < MostWarmUpTurns && calm < 2); turn++)
        {
            var cost = (await LoadAsync(load, server, requestFile, cancellationToken)).ProcessorMicroseconds;
            calm = cost > before * 0.9 ? calm + 1 : 0;
            before = Math.Min(before, cost);
        }
    }

    private static async Task<Sample> LoadAsync(DuelLoad kind, (ChildProcess Process, int Port) server, string requestFile, CancellationToken cancellationToken)
    {
        var before = server.Process.ProcessorTime;
        await using var load = ChildProcess.StartPeer(
            core: 1, kind.Verb, "127.0.0.1", server.Port.ToString(CultureInfo.InvariantCulture), requestFile, kind.Clients.ToString(CultureInfo.InvariantCulture), Seconds.ToString(CultureInfo.InvariantCulture));
        var match = CountAndSeconds().Match(await load.WaitForEndAsync(cancellationToken));
        var count = double.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        return new Sample(
            count / double.Parse(match.Groups["seconds"].ValueSpan, CultureInfo.InvariantCulture),
            (server.Process.ProcessorTime - before).TotalMicroseconds / count);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    [GeneratedRegex(@"^(?<count>\d+) (?<seconds>[\d.]+)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CountAndSeconds();

    private sealed record Sample(double PerSecond, double ProcessorMicroseconds)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PerSecond:0}/s, {ProcessorMicroseconds:0.0} µs");
    }
}
