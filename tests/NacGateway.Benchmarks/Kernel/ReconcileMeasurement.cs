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
        var runs = new List<(double Start, double Processor)>();
        for (var time = 1; time <= Times; time++)
        {
            await using var peer = ChildProcess.StartPeer(core: null, "reconcile-once", Sessions.ToString(CultureInfo.InvariantCulture));
            var match = Seconds().Match(await peer.WaitForEndAsync(cancellationToken));
            runs.Add((Number(match.Groups["start"]), Number(match.Groups["processor"])));
            await Console.Error.WriteLineAsync($"    {time}/{Times}: {Text(runs[^1].Start)}, {Text(runs[^1].Processor)} of processor time");
        }

        var start = Median(runs.Select(run => run.Start));
        table.Add(
            "100,000 sessions into a kernel without them",
            Text(start),
            $"its processor time: {Text(Median(runs.Select(run => run.Processor)))}",
            Text(start),
            $"{Text(MostSeconds)} at most",
            start <= MostSeconds);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Times / 2);

    private static double Number(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    private static string Text(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s");

    [GeneratedRegex(@"^(?<start>[\d.]+) (?<processor>[\d.]+)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Seconds();
}
