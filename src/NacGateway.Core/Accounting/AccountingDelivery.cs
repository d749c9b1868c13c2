namespace NacGateway.Core.Accounting;

/// <summary>That a server acknowledged a record of accounting: what the outbox forgets, the history keeps.</summary>
public sealed record AccountingDelivery
{
    /// <summary>Key.</summary>
    public long Id { get; init; }

    /// <summary>The session.</summary>
    public required string AcctSessionId { get; init; }

    /// <summary>Start, Interim-Update or Stop.</summary>
    public required AcctStatusType Status { get; init; }

    /// <summary>When what it reports happened, UTC.</summary>
    public required DateTimeOffset EventAt { get; init; }

    /// <summary>When it was acknowledged, UTC.</summary>
    public required DateTimeOffset DeliveredAt { get; init; }

    /// <summary>By which server.</summary>
    public string? ServerName { get; init; }
}
