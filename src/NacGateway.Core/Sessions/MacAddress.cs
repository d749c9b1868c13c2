using System.Globalization;

namespace NacGateway.Core.Sessions;

/// <summary>The hardware address of a network interface (EUI-48) as a value.</summary>
/// <param name="Bits">Its 48 bits, the first octet highest.</param>
public readonly record struct MacAddress(ulong Bits)
{
    private const int Octets = 6;

    /// <summary>Whether the device made it up, as phones do for each network: it names no maker and may change (IEEE 802, the second bit of the first octet).</summary>
    public bool IsLocallyAdministered => (Bits & 0x0200_0000_0000) != 0;

    /// <summary>Whether it names a group or nobody: no device has it.</summary>
    public bool IsGroupOrNone => Bits == 0 || (Bits & 0x0100_0000_0000) != 0;

    /// <summary>Six octets in the order of the wire.</summary>
    public static MacAddress From(ReadOnlySpan<byte> octets)
    {
        if (octets.Length != Octets)
        {
            throw new ArgumentException("A hardware address has six octets.", nameof(octets));
        }

        var bits = 0UL;
        foreach (var octet in octets)
        {
            bits = (bits << 8) | octet;
        }

        return new MacAddress(bits);
    }

    /// <summary>Reads twelve hexadecimal digits with <c>-</c>, <c>:</c>, <c>.</c> or nothing between them.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out MacAddress address)
    {
        address = default;
        var bits = 0UL;
        var digits = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiHexDigit(c))
            {
                bits = (bits << 4) | uint.Parse([c], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                digits++;
            }
            else if (c is not ('-' or ':' or '.') || digits == 0)
            {
                return false;
            }

            if (digits > Octets * 2)
            {
                return false;
            }
        }

        address = new MacAddress(bits);
        return digits == Octets * 2;
    }

    /// <summary>As Calling-Station-Id has it: <c>AA-BB-CC-DD-EE-FF</c> (RFC 3580 section 3.21).</summary>
    public override string ToString() => Text('-', "X2");

    /// <summary>As Linux tools have it: <c>aa:bb:cc:dd:ee:ff</c>.</summary>
    public string ToLinkText() => Text(':', "x2");

    private string Text(char separator, string format)
    {
        var bits = Bits;
        return string.Join(separator, Enumerable.Range(0, Octets).Select(i => ((byte)(bits >> (8 * (Octets - 1 - i)))).ToString(format, CultureInfo.InvariantCulture)));
    }
}
