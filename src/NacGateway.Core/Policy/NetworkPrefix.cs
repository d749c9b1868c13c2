using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace NacGateway.Core.Policy;

/// <summary>A range of addresses in CIDR form. IPv4 is held as ::ffff:a.b.c.d, so that an IPv4 prefix covers the IPv4-mapped form, too.</summary>
/// <param name="Bits">The network's 128 bits; those beyond the length are zero.</param>
/// <param name="Length">Significant bits, 0 to 128 (an IPv4 /24 is 120).</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NetworkPrefix(UInt128 Bits, int Length)
{
    private const int MappedBits = 96;
    private static readonly UInt128 s_mapped = new(0, 0xffff);

    /// <summary>Reads <c>10.0.0.0/8</c>, <c>fd00::/8</c> or a single address.</summary>
    public static bool TryParse(string text, out NetworkPrefix prefix)
    {
        prefix = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var addressPart = slash < 0 ? text : text[..slash];

        // IPAddress.TryParse also takes "10" and "0x7f.1"; in a rule that is a slip, not an address.
        if (!IPAddress.TryParse(addressPart, out var address) || (address.AddressFamily == AddressFamily.InterNetwork && addressPart.Count(c => c == '.') != 3))
        {
            return false;
        }

        var offset = address.AddressFamily == AddressFamily.InterNetwork ? MappedBits : 0;
        var length = 128;
        if (slash >= 0)
        {
            if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var given) || given > 128 - offset)
            {
                return false;
            }

            length = given + offset;
        }

        prefix = new NetworkPrefix(BitsOf(address) & Mask(length), length);
        return true;
    }

    /// <summary>Whether it is one of IPv4. The prefix ::/0 covers both and is none.</summary>
    public bool IsIPv4 => Length >= MappedBits && Bits >> 32 == s_mapped;

    /// <summary>In CIDR form, IPv4 in its own; a single address without its length.</summary>
    public override string ToString()
    {
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(octets, Bits);
        var address = IsIPv4 ? new IPAddress(octets[12..]) : new IPAddress(octets);
        return Length == 128 ? address.ToString() : string.Create(CultureInfo.InvariantCulture, $"{address}/{Length - (IsIPv4 ? MappedBits : 0)}");
    }

    /// <summary>True when the address lies in the range. Does not allocate.</summary>
    public bool Contains(IPAddress address) => (BitsOf(address) & Mask(Length)) == Bits;

    private static UInt128 BitsOf(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        octets.Clear();
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            octets[10] = 0xff;
            octets[11] = 0xff;
            address.TryWriteBytes(octets[12..], out _);
        }
        else
        {
            address.TryWriteBytes(octets, out _);
        }

        return BinaryPrimitives.ReadUInt128BigEndian(octets);
    }

    private static UInt128 Mask(int length) => length == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - length);
}
