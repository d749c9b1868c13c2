using System.Globalization;
using System.Runtime.InteropServices;

namespace NacGateway.Benchmarks;

/// <summary>What was measured against what was promised, printed as the Markdown table that README holds.</summary>
internal sealed class ResultTable
{
    private readonly List<(string What, string Ours, string Peer, string Figure, string Promise, bool Kept)> _rows = [];

    /// <summary>Whether every promise was kept.</summary>
    public bool AllKept => _rows.TrueForAll(row => row.Kept);

    /// <summary>A figure that must reach at least <paramref name="least"/>.</summary>
    public void AtLeast(string what, string ours, string peer, double ratio, double least) =>
        Add(what, ours, peer, Ratio(ratio), $"≥ {Ratio(least)}", ratio >= least);

    /// <summary>A figure that must stay at or below <paramref name="most"/>.</summary>
    public void AtMost(string what, string ours, string peer, double ratio, double most) =>
        Add(what, ours, peer, Ratio(ratio), $"≤ {Ratio(most)}", ratio <= most);

    /// <summary>A row whose figure is not a ratio.</summary>
    public void Add(string what, string ours, string peer, string figure, string promise, bool kept)
    {
        _rows.Add((what, ours, peer, figure, promise, kept));
        Console.Error.WriteLine($"  {what}: {figure} (promised {promise}) {(kept ? "kept" : "NOT KEPT")}");
    }

    /// <summary>Writes the table, with the machine it was measured on.</summary>
    public void Print(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(
            $"Measured {TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} on {Environment.ProcessorCount} cores ({Processor()}), "
            + $"{RuntimeInformation.OSDescription.Split(' ')[0]} {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}.");
        output.WriteLine();
        output.WriteLine("| what | ours | peer, same run | figure | promised | |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (var row in _rows)
        {
            output.WriteLine($"| {row.What} | {row.Ours} | {row.Peer} | {row.Figure} | {row.Promise} | {(row.Kept ? "kept" : "**missed**")} |");
        }
    }

    private static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Processor()
    {
        const string Source = "/proc/cpuinfo";
        if (!File.Exists(Source))
        {
            return "unknown processor";
        }

        var line = File.ReadLines(Source).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line is null ? "unknown processor" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
