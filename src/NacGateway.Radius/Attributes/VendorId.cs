namespace NacGateway.Radius.Attributes;

/// <summary>Private enterprise numbers of the vendors whose attributes are in the dictionary (RFC 2865 section 5.26).</summary>
public static class VendorId
{
    /// <summary>Cisco.</summary>
    public const uint Cisco = 9;

    /// <summary>Hewlett-Packard, Aruba switches.</summary>
    public const uint Hp = 11;

    /// <summary>Microsoft (RFC 2548).</summary>
    public const uint Microsoft = 311;

    /// <summary>Wireless Internet Service Provider roaming.</summary>
    public const uint Wispr = 14122;

    /// <summary>ChilliSpot and CoovaChilli.</summary>
    public const uint ChilliSpot = 14559;

    /// <summary>Aruba wireless.</summary>
    public const uint Aruba = 14823;

    /// <summary>MikroTik.</summary>
    public const uint Mikrotik = 14988;

    /// <summary>Ruckus.</summary>
    public const uint Ruckus = 25053;

    /// <summary>Cisco Meraki.</summary>
    public const uint Meraki = 29671;
}
