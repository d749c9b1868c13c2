using System.Globalization;

namespace NacGateway.Benchmarks.Radius;

/// <summary>Two ways to do the same in turn, several times, each first by turns; the figure is the median of the ratios within a round, for what a neighbour does to the machine falls on both.</summary>
internal static class Rounds
{
    public static async Task<(double Ours, double Peer, double Ratio)> RunAsync(Func<Task<double>> ours, Func<Task<double>> peer, int count = 6)
    {
        var rounds = new List<(double Ours, double Peer)>();
        for (var round = 0; round < count; round++)
        {
            var oursFirst = round % 2 == 0;
            var first = await (oursFirst ? ours : peer)();
            var second = await (oursFirst ? peer : ours)();
            rounds.Add(oursFirst ? (first, second) : (second, first));
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"    round {round + 1}/{count}: {rounds[^1].Ours:0}/s against {rounds[^1].Peer:0}/s"));
        }

        return (Median(rounds.Select(round => round.Ours)), Median(rounds.Select(round => round.Peer)), Median(rounds.Select(round => round.Ours / round.Peer)));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
