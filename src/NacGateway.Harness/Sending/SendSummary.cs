using System.Globalization;
using NacGateway.Harness.Output;

namespace NacGateway.Harness.Sending;

/// <summary>Several exchanges in figures; the last line of <c>--json</c>, told from the others by its event.</summary>
internal sealed record SendSummary
{
    public string Event { get; init; } = "summary";

    /// <summary>Whether every exchange was as expected.</summary>
    public required bool Good { get; init; }

    public required int Exchanges { get; init; }

    /// <summary>As many as there would have been without Ctrl+C.</summary>
    public required int Planned { get; init; }

    /// <summary>Exchanges that were as expected.</summary>
    public required int AsExpected { get; init; }

    /// <summary>How often each outcome was.</summary>
    public required IReadOnlyDictionary<string, int> Outcomes { get; init; }

    /// <summary>Datagrams sent, retransmissions counted.</summary>
    public required long Sends { get; init; }

    /// <summary>From the first to the last.</summary>
    public required double Seconds { get; init; }

    /// <summary>Times of the exchanges that were answered, in milliseconds; null when none was.</summary>
    public SendTimes? Milliseconds { get; init; }

    public void Write(TextWriter writer, Paint paint)
    {
        var rate = Seconds > 0 ? Exchanges / Seconds : 0;
        writer.WriteLine(paint.Strong(string.Create(CultureInfo.InvariantCulture, $"{Exchanges} exchanges in {Seconds:0.000} s, {rate:0} a second, {Sends} datagrams sent:")));
        foreach (var (outcome, count) in Outcomes.OrderByDescending(outcome => outcome.Value))
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {outcome,-14} {count}"));
        }

        if (Milliseconds is { } times)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Time to the answer: min {times.Min:0.0} ms, median {times.Median:0.0} ms, p95 {times.P95:0.0} ms, max {times.Max:0.0} ms"));
        }

        writer.WriteLine("As expected: " + paint.Verdict(string.Create(CultureInfo.InvariantCulture, $"{AsExpected} of {Planned}"), Good));
    }
}
