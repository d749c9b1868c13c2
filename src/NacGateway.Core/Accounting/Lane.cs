namespace NacGateway.Core.Accounting;

/// <summary>What waits of one session, in the order of its ids; at most one of it is on its way.</summary>
internal sealed class Lane
{
    public SortedList<long, AccountingRecord> Waiting { get; } = [];

    /// <summary>The record that is on its way; null for none.</summary>
    public AccountingRecord? Sending { get; set; }

    /// <summary>Offers of the first record that nobody acknowledged.</summary>
    public int Attempts { get; set; }

    /// <summary>Timestamp from which its first record may be offered.</summary>
    public long DueAt { get; set; }

    /// <summary>Whether it stands in the queue of those that wait for their time.</summary>
    public bool IsQueued { get; set; }
}
