using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Dictionary;

/// <summary>Clear values as text and back, by the data type of their definition. Tags and hiding are not seen here.</summary>
internal static class ValueText
{
    /// <summary>Text of a value; octets that are not of the type are shown as such, never dropped.</summary>
    public static string Format(AttributeDefinition definition, ReadOnlySpan<byte> value, bool isTaggedInteger = false)
    {
        if (definition.FixedLength != 0 && value.Length != definition.FixedLength)
        {
            return Invalid(value);
        }

        switch (definition.Type)
        {
            case RadiusDataType.Integer or RadiusDataType.Enum when AttributeValue.TryReadInteger(value, out uint number):
                number = isTaggedInteger ? number & 0xFFFFFF : number;
                return definition.ValueNames.TryGetValue(number, out string? name) ? name : number.ToString(CultureInfo.InvariantCulture);
            case RadiusDataType.Integer64 when AttributeValue.TryReadInteger64(value, out ulong number):
                return number.ToString(CultureInfo.InvariantCulture);
            case RadiusDataType.Time when AttributeValue.TryReadTime(value, out DateTimeOffset instant):
                return instant.ToString("\\\"yyyy-MM-dd'T'HH:mm:ss'Z'\\\"", CultureInfo.InvariantCulture);
            case RadiusDataType.Text when AttributeValue.TryReadText(value, out string? text):
                return TextEscape.Quote(text);
            case RadiusDataType.IPv4Address when AttributeValue.TryReadIPv4(value, out IPAddress? address):
                return address.ToString();
            case RadiusDataType.IPv6Address when AttributeValue.TryReadIPv6(value, out IPAddress? address):
                return address.ToString();
            case RadiusDataType.IPv4Prefix when AttributeValue.TryReadIPv4Prefix(value, out IPNetwork prefix):
                return prefix.ToString();
            case RadiusDataType.IPv6Prefix when AttributeValue.TryReadIPv6Prefix(value, out IPNetwork prefix):
                return prefix.ToString();
            case RadiusDataType.InterfaceId when AttributeValue.TryReadInterfaceId(value, out ulong id):
                return string.Create(CultureInfo.InvariantCulture, $"{id >> 48:x4}:{(id >> 32) & 0xFFFF:x4}:{(id >> 16) & 0xFFFF:x4}:{id & 0xFFFF:x4}");
            case RadiusDataType.Text:
                return Hexadecimal(value);
            case RadiusDataType.Integer or RadiusDataType.Enum or RadiusDataType.Integer64 or RadiusDataType.Time or RadiusDataType.IPv4Address
                or RadiusDataType.IPv6Address or RadiusDataType.IPv4Prefix or RadiusDataType.IPv6Prefix or RadiusDataType.InterfaceId:
                return Invalid(value);
            default:
                return Hexadecimal(value);
        }
    }

    /// <summary>Octets of a value, or an error that says what is expected.</summary>
    public static bool TryParse(AttributeDefinition definition, string text, bool isQuoted, out byte[] value, out string error)
    {
        error = "";
        value = definition.Type switch
        {
            RadiusDataType.Integer or RadiusDataType.Enum => ParseInteger(definition, text),
            RadiusDataType.Integer64 => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? Written(8, place => AttributeValue.WriteInteger64(place, number)) : [],
            RadiusDataType.Time => ParseTime(text),
            RadiusDataType.IPv4Address => ParseAddress(text, AddressFamily.InterNetwork),
            RadiusDataType.IPv6Address => ParseAddress(text, AddressFamily.InterNetworkV6),
            RadiusDataType.IPv4Prefix => ParsePrefix(text, AddressFamily.InterNetwork),
            RadiusDataType.IPv6Prefix => ParsePrefix(text, AddressFamily.InterNetworkV6),
            RadiusDataType.InterfaceId => ParseInterfaceId(text),
            _ => ParseOctets(text, isQuoted),
        };
        if (value.Length == 0)
        {
            error = $"'{(definition.IsSecret ? "(hidden)" : text)}' is no value of {definition.Name}, which is {Expected(definition)}.";
        }
        else if (definition.FixedLength != 0 && value.Length != definition.FixedLength)
        {
            error = $"{definition.Name} takes exactly {definition.FixedLength} octets, not {value.Length}.";
        }

        return error.Length == 0;
    }

    public static string Hexadecimal(ReadOnlySpan<byte> value) => "0x" + Convert.ToHexStringLower(value);

    public static string Invalid(ReadOnlySpan<byte> value) => $"<invalid {Hexadecimal(value)}>";

    private static byte[] ParseOctets(string text, bool isQuoted)
    {
        if (isQuoted)
        {
            return TextEscape.TryUnescape(text, out byte[]? octets) ? octets : [];
        }

        if (!text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8.GetBytes(text);
        }

        byte[] value = new byte[(text.Length - 2) / 2];
        return text.Length % 2 == 0 && Convert.FromHexString(text.AsSpan(2), value, out _, out _) == System.Buffers.OperationStatus.Done ? value : [];
    }

    private static byte[] ParseInteger(AttributeDefinition definition, string text) =>
        definition.TryGetValue(text, out uint number) || DictionaryNumber.TryParse(text, out number) ? Written(4, place => AttributeValue.WriteInteger(place, number)) : [];

    private static byte[] ParseTime(string text)
    {
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds))
        {
            return Written(4, place => AttributeValue.WriteInteger(place, seconds));
        }

        bool isInstant = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant)
            && instant.ToUnixTimeSeconds() is >= 0 and <= uint.MaxValue;
        return isInstant ? Written(4, place => AttributeValue.WriteTime(place, instant)) : [];
    }

    private static byte[] ParseAddress(string text, AddressFamily family) =>
        IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == family ? address.GetAddressBytes() : [];

    private static byte[] ParsePrefix(string text, AddressFamily family)
    {
        // The framework clears bits beyond the length; here they are a mistake worth telling.
        bool isPrefix = IPNetwork.TryParse(text, out IPNetwork prefix) && prefix.BaseAddress.AddressFamily == family
            && IPAddress.TryParse(text.AsSpan(0, text.IndexOf('/', StringComparison.Ordinal)), out IPAddress? address) && address.Equals(prefix.BaseAddress);
        return isPrefix ? Written(18, place => AttributeValue.WritePrefix(place, prefix)) : [];
    }

    private static byte[] ParseInterfaceId(string text)
    {
        string[] groups = text.Split(':');
        byte[] value = new byte[8];
        for (int i = 0; i < groups.Length; i++)
        {
            if (groups.Length != 4 || !ushort.TryParse(groups[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort group))
            {
                return [];
            }

            value[2 * i] = (byte)(group >> 8);
            value[(2 * i) + 1] = (byte)group;
        }

        return value;
    }

    private static byte[] Written(int length, Func<byte[], int> write)
    {
        byte[] place = new byte[length];
        return place[..write(place)];
    }

    private static string Expected(AttributeDefinition definition) => definition.Type switch
    {
        RadiusDataType.Integer or RadiusDataType.Enum when definition.ValueNames.Count != 0 => "a number or one of " + string.Join(", ", definition.ValueNames.Values),
        RadiusDataType.Integer or RadiusDataType.Enum => "a number from 0 to 4294967295",
        RadiusDataType.Integer64 => "a number from 0 to 18446744073709551615",
        RadiusDataType.Time => "an instant such as \"2030-01-31T12:00:00Z\", or seconds since 1970",
        RadiusDataType.IPv4Address => "an IPv4 address",
        RadiusDataType.IPv6Address => "an IPv6 address",
        RadiusDataType.IPv4Prefix => "an IPv4 prefix such as 192.0.2.0/24",
        RadiusDataType.IPv6Prefix => "an IPv6 prefix such as 2001:db8::/60",
        RadiusDataType.InterfaceId => "an interface identifier such as 0000:0000:0000:0001",
        _ => "at least one octet, in quotes or as 0x and pairs of hexadecimal digits",
    };
}
