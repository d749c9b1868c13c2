namespace NacGateway.Radius.Packets;

/// <summary>Why a datagram is not a RADIUS packet. One value per rule, so that a counter can be kept for each.</summary>
public enum PacketError
{
    /// <summary>The datagram is well formed.</summary>
    None = 0,

    /// <summary>Fewer than the 20 octets of the header (RFC 2865 section 3).</summary>
    HeaderTruncated,

    /// <summary>The Length field is below 20 or above 4096 (RFC 2865 section 3).</summary>
    LengthOutOfRange,

    /// <summary>The datagram holds fewer octets than its Length field says (RFC 2865 section 3).</summary>
    Truncated,

    /// <summary>A single octet is left where an attribute must begin.</summary>
    AttributeHeaderTruncated,

    /// <summary>An attribute's length is 0 or 1 (RFC 2865 section 5).</summary>
    AttributeLengthTooSmall,

    /// <summary>An attribute ends beyond the packet (RFC 2865 section 5).</summary>
    AttributeOverrun,
}
