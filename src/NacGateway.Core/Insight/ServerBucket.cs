using NacGateway.Radius.Client;

namespace NacGateway.Core.Insight;

/// <summary>Some minutes of a server, as all gateways on the database saw it.</summary>
public sealed record ServerBucket
{
    /// <summary>Begin, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Minutes of it of which something is known; 0 is a gap.</summary>
    public int Minutes { get; init; }

    /// <summary>The worst state at the end of a minute.</summary>
    public ServerState State { get; init; }

    /// <summary>Requests.</summary>
    public long Requests { get; init; }

    /// <summary>Requests without an answer.</summary>
    public long Timeouts { get; init; }

    /// <summary>Access-Rejects.</summary>
    public long Rejects { get; init; }

    /// <summary>Replies that were not believed.</summary>
    public long Drops { get; init; }

    /// <summary>Mean of the medians of the time to the answer, in milliseconds; null without answers.</summary>
    public double? P50 { get; init; }

    /// <summary>Highest 95th percentile.</summary>
    public double? P95 { get; init; }

    /// <summary>Highest 99th percentile.</summary>
    public double? P99 { get; init; }
}
