using System.Globalization;
using System.Text.RegularExpressions;
using NacGateway.TestKit.Network;

namespace NacGateway.Benchmarks.Kernel;

/// <summary>How long it takes until the kernel lets a hundred thousand sessions through, from nothing.</summary>
internal static partial class ReconcileMeasurement
{
    private const int Sessions = 100_000;
    private const int Times = 3;
    private const double MostSeconds = 2;

    /// <summary>Measures and enters the rows; says so and enters none where there can be no networks.</summary>
    public static async Task RunAsync(ResultTable table, CancellationToken cancellationToken)
    {
        if (NetLab.Missing is { } missing)
        {
            await Console.Error.WriteLineAsync($"Reconcile: not measured. {missing}.");
            return;
        }

        await Console.Error.WriteLineAsync("Reconcile");
        var (starts, repairs) = (new List<double>(), new List<double>());
        for (var time = 1; time <= Times; time++)
        {
            await using var peer = ChildProcess.StartPeer(core: null, "reconcile-once", Sessions.ToString(CultureInfo.InvariantCulture));
            var match = TwoTimes().Match(await peer.WaitForEndAsync(cancellationToken));
            starts.Add(Number(match.Groups["start"]));
            repairs.Add(Number(match.Groups["again"]));
            await Console.Error.WriteLineAsync($"    {time}/{Times}: {Text(starts[^1])} at start, {Text(repairs[^1])} until the deleted table is repaired");
        }

        Enter(table, "100,000 sessions into a kernel without them, at start", starts);
        Enter(table, "100,000 sessions into a kernel without them, once the table was deleted", repairs);
    }

    private static void Enter(ResultTable table, string what, List<double> seconds)
    {
        seconds.Sort();
        var median = seconds[seconds.Count / 2];
        table.Add(what, Text(median), $"fastest: {Text(seconds[0])}, slowest: {Text(seconds[^1])}", Text(median), $"{Text(MostSeconds)} at most", median <= MostSeconds);
    }

    private static double Number(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    private static string Text(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s");

    [GeneratedRegex(@"^(?<start>[\d.]+) (?<again>[\d.]+)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TwoTimes();
}
