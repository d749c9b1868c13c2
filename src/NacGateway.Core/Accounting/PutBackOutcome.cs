namespace NacGateway.Core.Accounting;

/// <summary>What became of the wish to put a record back into the queue.</summary>
public enum PutBackOutcome
{
    /// <summary>It waits for delivery again.</summary>
    Waits,

    /// <summary>No such record is set aside.</summary>
    Unknown,

    /// <summary>It is Accounting-On or Accounting-Off of the past: a server would end the sessions that have begun since (RFC 2866 section 5.1).</summary>
    TooLate,
}
