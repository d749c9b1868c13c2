namespace NacGateway.Radius.Attributes;

/// <summary>Values of Framed-Protocol (RFC 2865 section 5.7) that are in use.</summary>
public enum FramedProtocol : uint
{
    /// <summary>Not a protocol.</summary>
    None = 0,

    /// <summary>PPP.</summary>
    Ppp = 1,

    /// <summary>SLIP.</summary>
    Slip = 2,
}
