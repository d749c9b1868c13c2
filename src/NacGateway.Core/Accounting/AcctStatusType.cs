namespace NacGateway.Core.Accounting;

/// <summary>What a record reports (RFC 2866 section 5.1).</summary>
public enum AcctStatusType
{
    None = 0,
    Start = 1,
    Stop = 2,
    InterimUpdate = 3,
    AccountingOn = 7,
    AccountingOff = 8,
}
