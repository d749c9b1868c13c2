namespace NacGateway.Core.Insight;

/// <summary>Some minutes of all gateways on the database together.</summary>
public sealed record ActivityBucket
{
    /// <summary>Begin, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Minutes of it of which something is known; 0 is a gap, and no silence.</summary>
    public int Minutes { get; init; }

    /// <summary>Most sessions that were open at the end of a minute.</summary>
    public int Sessions { get; init; }

    /// <summary>What was done.</summary>
    public required ActivityCounts Counts { get; init; }

    /// <summary>Most records of accounting that waited at the end of a minute.</summary>
    public int Outbox { get; init; }
}
