namespace NacGateway.Core.Authentication;

/// <summary>How requests travel to a RADIUS server.</summary>
public enum RadiusTransport
{
    /// <summary>Datagrams (RFC 2865).</summary>
    Udp = 0,

    /// <summary>RadSec (RFC 6614), and RADIUS/1.1 (RFC 9765) where the server knows it.</summary>
    Tls,
}
