namespace NacGateway.Core.Accounting;

/// <summary>What waits of one session, in the order of its ids; at most one of it is on its way.</summary>
internal sealed class Lane
{
    /// <summary>Offers in vain, while others were acknowledged, after which it is the session that is not taken and not the servers that are away.</summary>
    public const int Refusals = 3;

    public SortedList<long, AccountingRecord> Waiting { get; } = [];

    /// <summary>The record that is on its way; null for none.</summary>
    public AccountingRecord? Sending { get; set; }

    /// <summary>Timestamp at which it was sent.</summary>
    public long SentAt { get; set; }

    /// <summary>Offers of the first record that nobody acknowledged.</summary>
    public int Attempts { get; set; }

    /// <summary>Those of them during which records of others were acknowledged.</summary>
    public int Refused { get; set; }

    /// <summary>Whether the servers acknowledge others and not this one. An outage makes nobody stuck.</summary>
    public bool IsStuck => Refused >= Refusals;

    /// <summary>Timestamp from which its first record may be offered.</summary>
    public long DueAt { get; set; }

    /// <summary>Whether it stands in a queue of those that wait for their time.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Its place in the queue; another number makes an earlier place void.</summary>
    public int Ticket { get; set; }

    /// <summary>The servers are back: the pauses begin again, and what it waited for in vain meanwhile is no sign against it.</summary>
    public void Wake(long now) => (Attempts, DueAt) = (Math.Min(Attempts, 1), Math.Min(DueAt, now));

    /// <summary>Its first record has made way, and the next is offered as if nothing had been.</summary>
    public void BeginAnew(long now) => (Attempts, Refused, DueAt) = (0, 0, now);
}
