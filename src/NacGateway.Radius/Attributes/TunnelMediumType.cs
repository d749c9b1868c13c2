namespace NacGateway.Radius.Attributes;

/// <summary>Values of Tunnel-Medium-Type (RFC 2868 section 3.2).</summary>
public enum TunnelMediumType : uint
{
    /// <summary>Not a medium.</summary>
    None = 0,

    /// <summary>IPv4.</summary>
    IPv4 = 1,

    /// <summary>IPv6.</summary>
    IPv6 = 2,

    /// <summary>All media of IEEE 802, Ethernet among them.</summary>
    Ieee802 = 6,
}
