using System.Diagnostics.CodeAnalysis;

namespace NacGateway.Radius.Packets;

/// <summary>The data types of RADIUS attributes; the numbers are those of the registry of RFC 8044 section 3.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "integer and string are the words of RFC 8044.")]
public enum RadiusDataType
{
    /// <summary>No type known: the octets are opaque.</summary>
    None = 0,

    /// <summary>Unsigned, 4 octets (section 3.1).</summary>
    Integer = 1,

    /// <summary>Unsigned, 4 octets, with named values (section 3.2).</summary>
    Enum = 2,

    /// <summary>Seconds since 1970 in UTC, 4 octets (section 3.3).</summary>
    Time = 3,

    /// <summary>UTF-8, 1 to 253 octets (section 3.4).</summary>
    Text = 4,

    /// <summary>Opaque octets (section 3.5).</summary>
    String = 5,

    /// <summary>Octets spread over several attributes of one type (section 3.6).</summary>
    Concat = 6,

    /// <summary>IPv6 interface identifier, 8 octets (section 3.7).</summary>
    InterfaceId = 7,

    /// <summary>IPv4 address, 4 octets (section 3.8).</summary>
    IPv4Address = 8,

    /// <summary>IPv6 address, 16 octets (section 3.9).</summary>
    IPv6Address = 9,

    /// <summary>IPv6 prefix, 2 to 18 octets (section 3.10).</summary>
    IPv6Prefix = 10,

    /// <summary>IPv4 prefix, 6 octets (section 3.11).</summary>
    IPv4Prefix = 11,

    /// <summary>Unsigned, 8 octets (section 3.12).</summary>
    Integer64 = 12,

    /// <summary>Nested type, length, value triples (section 3.13).</summary>
    Tlv = 13,

    /// <summary>Vendor-Specific (section 3.14).</summary>
    Vsa = 14,

    /// <summary>Extended attribute with one more octet of type (section 3.15).</summary>
    Extended = 15,

    /// <summary>Extended attribute that may be spread over fragments (section 3.16).</summary>
    LongExtended = 16,

    /// <summary>Vendor-Specific inside an extended attribute (section 3.17).</summary>
    ExtendedVendorSpecific = 17,
}
