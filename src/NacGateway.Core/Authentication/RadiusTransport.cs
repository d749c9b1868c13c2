namespace NacGateway.Core.Authentication;

/// <summary>How requests travel to a RADIUS server.</summary>
public enum RadiusTransport
{
    /// <summary>Datagrams (RFC 2865).</summary>
    Udp = 0,

    /// <summary>RadSec (RFC 6614); not in this release.</summary>
    Tls,
}
