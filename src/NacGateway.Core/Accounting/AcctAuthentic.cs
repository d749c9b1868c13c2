namespace NacGateway.Core.Accounting;

/// <summary>Who authenticated the user (RFC 2866 section 5.6).</summary>
public enum AcctAuthentic
{
    None = 0,
    Radius = 1,
    Local = 2,
    Remote = 3,
}
