using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Dictionary;

/// <summary>The words for data types in dictionary files. There, <c>string</c> is text and <c>octets</c> is what RFC 8044 calls string.</summary>
internal static class DictionaryTypes
{
    private static readonly Dictionary<string, RadiusDataType> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["integer"] = RadiusDataType.Integer,
        ["uint32"] = RadiusDataType.Integer,
        ["enum"] = RadiusDataType.Enum,
        ["date"] = RadiusDataType.Time,
        ["time"] = RadiusDataType.Time,
        ["string"] = RadiusDataType.Text,
        ["text"] = RadiusDataType.Text,
        ["octets"] = RadiusDataType.String,
        ["concat"] = RadiusDataType.Concat,
        ["ifid"] = RadiusDataType.InterfaceId,
        ["ipaddr"] = RadiusDataType.IPv4Address,
        ["ipv4addr"] = RadiusDataType.IPv4Address,
        ["ipv6addr"] = RadiusDataType.IPv6Address,
        ["ipv6prefix"] = RadiusDataType.IPv6Prefix,
        ["ipv4prefix"] = RadiusDataType.IPv4Prefix,
        ["integer64"] = RadiusDataType.Integer64,
        ["uint64"] = RadiusDataType.Integer64,
        ["tlv"] = RadiusDataType.Tlv,
        ["vsa"] = RadiusDataType.Vsa,
        ["extended"] = RadiusDataType.Extended,
        ["long-extended"] = RadiusDataType.LongExtended,
        ["evs"] = RadiusDataType.ExtendedVendorSpecific,

        // Types of vendors that RFC 8044 does not have: their octets stay opaque.
        ["byte"] = RadiusDataType.String,
        ["short"] = RadiusDataType.String,
        ["signed"] = RadiusDataType.String,
        ["ether"] = RadiusDataType.String,
        ["abinary"] = RadiusDataType.String,
        ["combo-ip"] = RadiusDataType.String,
    };

    public static bool TryGet(string word, out RadiusDataType type) => Words.TryGetValue(word, out type);
}
