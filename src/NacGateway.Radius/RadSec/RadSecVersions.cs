namespace NacGateway.Radius.RadSec;

/// <summary>Which protocols may be agreed on inside TLS (RFC 9765 section 3.3).</summary>
[Flags]
public enum RadSecVersions
{
    /// <summary>No name is offered (ALPN), and the protocol is that of RFC 6614; for peers that stumble over ALPN.</summary>
    Unnamed = 0,

    /// <summary>RFC 6614, <c>radius/1.0</c>; also what a peer that names none speaks.</summary>
    Radius10 = 1,

    /// <summary>RFC 9765, <c>radius/1.1</c>, over TLS 1.3 only.</summary>
    Radius11 = 2,

    /// <summary>Both; the higher that both sides know is used.</summary>
    Both = Radius10 | Radius11,
}
