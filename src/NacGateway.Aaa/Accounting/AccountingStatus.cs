namespace NacGateway.Aaa.Accounting;

/// <summary>Acct-Status-Type, as far as the book knows it (RFC 2866 section 5.1).</summary>
public enum AccountingStatus
{
    /// <summary>None of these; such a record is answered and not booked.</summary>
    Other = 0,

    /// <summary>Start.</summary>
    Start = 1,

    /// <summary>Stop.</summary>
    Stop = 2,

    /// <summary>Interim-Update.</summary>
    Interim = 3,

    /// <summary>Accounting-On.</summary>
    On = 7,

    /// <summary>Accounting-Off.</summary>
    Off = 8,
}
