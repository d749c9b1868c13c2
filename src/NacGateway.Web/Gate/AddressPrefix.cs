using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using NacGateway.Core.Sessions;

namespace NacGateway.Web.Gate;

/// <summary>A range of addresses in CIDR form. IPv4 is held as ::ffff:a.b.c.d, so an IPv4 prefix also covers the IPv4-mapped form.</summary>
/// <param name="Bits">The network's 128 bits; those beyond the length are zero.</param>
/// <param name="Length">Significant bits, 0 to 128 (an IPv4 /24 is 120).</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AddressPrefix(UInt128 Bits, int Length)
{
    private const int MappedBits = 96;

    /// <summary>Reads <c>10.0.0.0/8</c>, <c>fd00::/8</c> or a single address.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AddressPrefix prefix)
    {
        prefix = default;
        if (text is null)
        {
            return false;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var addressPart = slash < 0 ? text : text[..slash];

        // IPAddress.TryParse also takes "10" and "0x7f.1"; in a setting that is a slip, not an address.
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

        prefix = new AddressPrefix(ClientKey.From(address).Bits & Mask(length), length);
        return true;
    }

    /// <summary>Reads a prefix that is known to be right; for tables in code.</summary>
    public static AddressPrefix Parse(string text) =>
        TryParse(text, out var prefix) ? prefix : throw new FormatException($"'{text}' is no address and no prefix.");

    /// <summary>True when the address lies in the range.</summary>
    public bool Contains(IPAddress address) => Contains(ClientKey.From(address).Bits);

    /// <summary>True when the 128 bits lie in the range.</summary>
    public bool Contains(UInt128 bits) => (bits & Mask(Length)) == Bits;

    /// <summary>True when any of the ranges holds the address.</summary>
    public static bool AnyContains(AddressPrefix[] prefixes, IPAddress address)
    {
        var bits = ClientKey.From(address).Bits;
        foreach (var prefix in prefixes)
        {
            if (prefix.Contains(bits))
            {
                return true;
            }
        }

        return false;
    }

    private static UInt128 Mask(int length) => length == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - length);
}
