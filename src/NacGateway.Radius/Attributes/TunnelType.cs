namespace NacGateway.Radius.Attributes;

/// <summary>Values of Tunnel-Type (RFC 2868 section 3.1, RFC 3580 section 3.31) that a network access controller meets.</summary>
public enum TunnelType : uint
{
    /// <summary>Not a tunnel.</summary>
    None = 0,

    /// <summary>PPTP.</summary>
    Pptp = 1,

    /// <summary>L2TP.</summary>
    L2tp = 3,

    /// <summary>GRE.</summary>
    Gre = 10,

    /// <summary>A VLAN of IEEE 802.1Q.</summary>
    Vlan = 13,
}
