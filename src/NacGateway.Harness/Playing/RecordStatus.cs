namespace NacGateway.Harness.Playing;

/// <summary>Acct-Status-Type (RFC 2866 section 5.1, RFC 2869 section 5.1).</summary>
internal enum RecordStatus
{
    /// <summary>None.</summary>
    None = 0,

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
