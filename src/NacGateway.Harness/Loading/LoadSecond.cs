namespace NacGateway.Harness.Loading;

/// <summary>One second of a run: a row of the table, a line of the CSV file, an object of --json.</summary>
internal sealed record LoadSecond
{
    public string Event { get; init; } = "second";

    /// <summary>1 for the first second.</summary>
    public required int Second { get; init; }

    /// <summary>How much of the second was measured: less than 1 for the last one.</summary>
    public required double Length { get; init; }

    /// <summary>Requests per second that were wanted; null where the window alone decides.</summary>
    public double? Target { get; init; }

    public required long Sent { get; init; }

    public required long Answered { get; init; }

    public required long Accepted { get; init; }

    public required long Rejected { get; init; }

    public required long Challenged { get; init; }

    public required long Accounted { get; init; }

    public required long Lost { get; init; }

    public required long Retransmitted { get; init; }

    public required long Unbelieved { get; init; }

    /// <summary>Milliseconds; null in a second without replies.</summary>
    public double? P50 { get; init; }

    public double? P95 { get; init; }

    public double? P99 { get; init; }

    public double? Max { get; init; }

    public static LoadSecond Of(int second, double length, double? target, LoadTally tally) => new()
    {
        Second = second,
        Length = Math.Round(length, 3),
        Target = target,
        Sent = tally.Sent,
        Answered = tally.Answered,
        Accepted = tally.Accepted,
        Rejected = tally.Rejected,
        Challenged = tally.Challenged,
        Accounted = tally.Accounted,
        Lost = tally.Lost,
        Retransmitted = tally.Retransmitted,
        Unbelieved = tally.Unbelieved,
        P50 = Milliseconds(tally.Latency.Percentile(0.50)),
        P95 = Milliseconds(tally.Latency.Percentile(0.95)),
        P99 = Milliseconds(tally.Latency.Percentile(0.99)),
        Max = Milliseconds(tally.Latency.Count == 0 ? null : tally.Latency.Max),
    };

    public static double? Milliseconds(TimeSpan? latency) => latency is { } some ? Math.Round(some.TotalMilliseconds, 3) : null;
}
