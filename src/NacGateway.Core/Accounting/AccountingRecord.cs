namespace NacGateway.Core.Accounting;

/// <summary>
/// A record that waits to be acknowledged by a server: a row of the outbox. It is deleted when it was acknowledged. Rows of one
/// session are delivered in the order of their ids.
/// </summary>
internal sealed class AccountingRecord
{
    public long Id { get; init; }

    /// <summary>Name of the gateway that wrote it and alone delivers it.</summary>
    public required string Owner { get; set; }

    /// <summary>Acct-Session-Id; that of the gateway's run for Accounting-On and Accounting-Off.</summary>
    public required string AcctSessionId { get; init; }

    public required AcctStatusType Status { get; init; }

    /// <summary>When what it reports happened, UTC; its Event-Timestamp, whenever it is delivered (RFC 2869 section 5.3).</summary>
    public required DateTimeOffset EventAt { get; set; }

    /// <summary>Server that accepted the user, which is asked first; null is any.</summary>
    public string? ServerName { get; init; }

    /// <summary>
    /// Attributes in wire form (RFC 2865 section 5), fixed when it happened. Those that name the NAS, and Event-Timestamp, come with
    /// the delivery.
    /// </summary>
    public required byte[] Attributes { get; set; }

    /// <summary>When it was found to be damaged, UTC; null while it waits for delivery. It is not tried again by itself.</summary>
    public DateTimeOffset? SetAsideAt { get; set; }

    /// <summary>Why it was set aside, in words.</summary>
    public string? SetAsideReason { get; set; }
}
