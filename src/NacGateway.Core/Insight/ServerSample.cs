using NacGateway.Radius.Client;

namespace NacGateway.Core.Insight;

/// <summary>How a RADIUS server did in one minute, as one gateway saw it.</summary>
public sealed record ServerSample
{
    /// <summary>The gateway.</summary>
    public required string Owner { get; init; }

    /// <summary>The server.</summary>
    public required string Server { get; init; }

    /// <summary>Begin of the minute, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>State at the end of the minute.</summary>
    public required ServerState State { get; init; }

    /// <summary>Requests.</summary>
    public int Requests { get; init; }

    /// <summary>Requests without an answer.</summary>
    public int Timeouts { get; init; }

    /// <summary>Access-Rejects.</summary>
    public int Rejects { get; init; }

    /// <summary>Replies that were not believed.</summary>
    public int Drops { get; init; }

    /// <summary>Median time to the answer, in milliseconds; null without answers.</summary>
    public double? P50 { get; init; }

    /// <summary>95th percentile of the same.</summary>
    public double? P95 { get; init; }

    /// <summary>99th percentile of the same.</summary>
    public double? P99 { get; init; }
}
