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
                bits = (bits << 4) | (uint)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
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
    public override string ToString() => Text('-', "0123456789ABCDEF");

    /// <summary>As Linux tools have it: <c>aa:bb:cc:dd:ee:ff</c>.</summary>
    public string ToLinkText() => Text(':', "0123456789abcdef");

    private string Text(char separator, string digits) => string.Create((3 * Octets) - 1, (Bits, separator, digits), static (text, of) =>
    {
        for (var i = 0; i < Octets; i++)
        {
            var octet = (byte)(of.Bits >> (8 * (Octets - 1 - i)));
            text[3 * i] = of.digits[octet >> 4];
            text[(3 * i) + 1] = of.digits[octet & 15];
            if (i < Octets - 1)
            {
                text[(3 * i) + 2] = of.separator;
            }
        }
    });
}
