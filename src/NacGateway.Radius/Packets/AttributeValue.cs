using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Unicode;

namespace NacGateway.Radius.Packets;

/// <summary>
/// Reads and writes the simple data types of RFC 8044 section 3. Reading returns false where the octets are not of the type, which makes
/// the attribute an invalid one: it is ignored and the packet kept (RFC 6929 section 2.8). Writing returns the octets written and wants
/// a destination that is large enough. Stateless.
/// </summary>
public static class AttributeValue
{
    private const int PrefixHeaderLength = 2;
    private const int IPv4Length = 4;
    private const int IPv6Length = 16;

    /// <summary>Reads an integer or an enum (sections 3.1, 3.2).</summary>
    /// <param name="value">Exactly 4 octets.</param>
    /// <param name="number">0 to 4294967295.</param>
    /// <returns>Whether the size is right.</returns>
    public static bool TryReadInteger(ReadOnlySpan<byte> value, out uint number)
    {
        number = value.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(value) : 0;
        return value.Length == sizeof(uint);
    }

    /// <summary>Writes an integer or an enum (sections 3.1, 3.2).</summary>
    /// <param name="destination">At least 4 octets.</param>
    /// <param name="number">Any value.</param>
    /// <returns>4.</returns>
    public static int WriteInteger(Span<byte> destination, uint number)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, number);
        return sizeof(uint);
    }

    /// <summary>Reads an integer64 (section 3.12).</summary>
    /// <param name="value">Exactly 8 octets.</param>
    /// <param name="number">The number.</param>
    /// <returns>Whether the size is right.</returns>
    public static bool TryReadInteger64(ReadOnlySpan<byte> value, out ulong number)
    {
        number = value.Length == sizeof(ulong) ? BinaryPrimitives.ReadUInt64BigEndian(value) : 0;
        return value.Length == sizeof(ulong);
    }

    /// <summary>Writes an integer64 (section 3.12).</summary>
    /// <param name="destination">At least 8 octets.</param>
    /// <param name="number">Any value.</param>
    /// <returns>8.</returns>
    public static int WriteInteger64(Span<byte> destination, ulong number)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, number);
        return sizeof(ulong);
    }

    /// <summary>Reads a time (section 3.3).</summary>
    /// <param name="value">Exactly 4 octets.</param>
    /// <param name="instant">UTC, whole seconds, 1970 to 2106.</param>
    /// <returns>Whether the size is right.</returns>
    public static bool TryReadTime(ReadOnlySpan<byte> value, out DateTimeOffset instant)
    {
        bool isRead = TryReadInteger(value, out uint seconds);
        instant = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return isRead;
    }

    /// <summary>Writes a time (section 3.3); fractions of a second are dropped.</summary>
    /// <param name="destination">At least 4 octets.</param>
    /// <param name="instant">1970 to 2106.</param>
    /// <returns>4.</returns>
    /// <exception cref="OverflowException">The instant is outside that range.</exception>
    public static int WriteTime(Span<byte> destination, DateTimeOffset instant) => WriteInteger(destination, checked((uint)instant.ToUnixTimeSeconds()));

    /// <summary>Reads a text (section 3.4).</summary>
    /// <param name="value">UTF-8; NUL octets are part of the text.</param>
    /// <param name="text">The text, or null.</param>
    /// <returns>Whether the octets are UTF-8.</returns>
    public static bool TryReadText(ReadOnlySpan<byte> value, [NotNullWhen(true)] out string? text)
    {
        text = Utf8.IsValid(value) ? Encoding.UTF8.GetString(value) : null;
        return text is not null;
    }

    /// <summary>Writes a text (section 3.4).</summary>
    /// <param name="destination">Room for its UTF-8.</param>
    /// <param name="text">The text.</param>
    /// <returns>Octets written.</returns>
    public static int WriteText(Span<byte> destination, ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, destination);

    /// <summary>Reads an interface identifier (section 3.7).</summary>
    /// <param name="value">Exactly 8 octets.</param>
    /// <param name="interfaceId">Its 64 bits.</param>
    /// <returns>Whether the size is right.</returns>
    public static bool TryReadInterfaceId(ReadOnlySpan<byte> value, out ulong interfaceId) => TryReadInteger64(value, out interfaceId);

    /// <summary>Reads an IPv4 address (section 3.8).</summary>
    /// <param name="value">Exactly 4 octets.</param>
    /// <param name="address">The address, or null.</param>
    /// <returns>Whether the size is right.</returns>
    public static bool TryReadIPv4(ReadOnlySpan<byte> value, [NotNullWhen(true)] out IPAddress? address)
    {
        address = value.Length == IPv4Length ? new IPAddress(value) : null;
        return address is not null;
    }

    /// <summary>Reads an IPv6 address (section 3.9).</summary>
    /// <param name="value">Exactly 16 octets.</param>
    /// <param name="address">The address, or null.</param>
    /// <returns>Whether the size is right.</returns>
    public static bool TryReadIPv6(ReadOnlySpan<byte> value, [NotNullWhen(true)] out IPAddress? address)
    {
        address = value.Length == IPv6Length ? new IPAddress(value) : null;
        return address is not null;
    }

    /// <summary>Writes an address of either family (sections 3.8, 3.9).</summary>
    /// <param name="destination">At least 4 or 16 octets.</param>
    /// <param name="address">The address; a scope is left out.</param>
    /// <returns>4 or 16.</returns>
    /// <exception cref="ArgumentException">The destination is too small.</exception>
    public static int WriteAddress(Span<byte> destination, IPAddress address) =>
        address.TryWriteBytes(destination, out int written) ? written : throw new ArgumentException("The address does not fit.", nameof(destination));

    /// <summary>Reads an IPv4 prefix (section 3.11): a reserved octet, the length, 4 octets.</summary>
    /// <param name="value">Exactly 6 octets.</param>
    /// <param name="prefix">The prefix.</param>
    /// <returns>False for another size, a length over 32, or bits set beyond the length.</returns>
    public static bool TryReadIPv4Prefix(ReadOnlySpan<byte> value, out IPNetwork prefix)
    {
        prefix = default;

        // The upper two bits of the length octet are reserved and ignored.
        return value.Length == PrefixHeaderLength + IPv4Length && TryMakePrefix(new IPAddress(value[PrefixHeaderLength..]), value[1] & 0x3F, 32, out prefix);
    }

    /// <summary>Reads an IPv6 prefix (section 3.10, RFC 3162 section 2.3): a reserved octet, the length in bits, up to 16 octets.</summary>
    /// <param name="value">2 to 18 octets, at least as many as the length needs.</param>
    /// <param name="prefix">The prefix; lengths that are no multiple of 8 are as good as any.</param>
    /// <returns>False for another size, a length over 128 or over the octets given, or bits set beyond the length.</returns>
    public static bool TryReadIPv6Prefix(ReadOnlySpan<byte> value, out IPNetwork prefix)
    {
        prefix = default;
        if (value.Length is < PrefixHeaderLength or > PrefixHeaderLength + IPv6Length || value[1] > 128 || (value[1] + 7) / 8 > value.Length - PrefixHeaderLength)
        {
            return false;
        }

        Span<byte> address = stackalloc byte[IPv6Length];
        value[PrefixHeaderLength..].CopyTo(address);
        return TryMakePrefix(new IPAddress(address), value[1], 128, out prefix);
    }

    /// <summary>Writes a prefix of either family with no more octets than its length needs, IPv4 always with 4 (sections 3.10, 3.11).</summary>
    /// <param name="destination">At least 18 octets, or 6 for IPv4.</param>
    /// <param name="prefix">The prefix.</param>
    /// <returns>Octets written.</returns>
    public static int WritePrefix(Span<byte> destination, IPNetwork prefix)
    {
        Span<byte> address = stackalloc byte[IPv6Length];
        prefix.BaseAddress.TryWriteBytes(address, out int written);
        int octets = prefix.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? written : (prefix.PrefixLength + 7) / 8;
        destination[0] = 0;
        destination[1] = (byte)prefix.PrefixLength;
        address[..octets].CopyTo(destination[PrefixHeaderLength..]);
        return PrefixHeaderLength + octets;
    }

    private static bool TryMakePrefix(IPAddress address, int length, int longest, out IPNetwork prefix)
    {
        prefix = default;
        if (length > longest)
        {
            return false;
        }

        Span<byte> octets = stackalloc byte[IPv6Length];
        address.TryWriteBytes(octets, out int written);
        for (int bit = length; bit < written * 8; bit++)
        {
            if ((octets[bit / 8] & (0x80 >> (bit % 8))) != 0)
            {
                return false;
            }
        }

        prefix = new IPNetwork(address, length);
        return true;
    }
}
