namespace NacGateway.Radius.Attributes;

/// <summary>Values of NAS-Port-Type (RFC 2865 section 5.41) that name ports of today; a value that is not named here is kept as its number.</summary>
public enum NasPortType : uint
{
    /// <summary>Asynchronous line.</summary>
    Async = 0,

    /// <summary>No physical port: the transport of an IP network.</summary>
    Virtual = 5,

    /// <summary>Wired Ethernet.</summary>
    Ethernet = 15,

    /// <summary>A radio other than IEEE 802.11.</summary>
    WirelessOther = 18,

    /// <summary>IEEE 802.11.</summary>
    Wireless80211 = 19,
}
