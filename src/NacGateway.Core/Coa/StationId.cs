namespace NacGateway.Core.Coa;

/// <summary>Compares Calling- and Called-Station-Ids: a MAC address is the same however its octets are parted and whatever case they have.</summary>
internal static class StationId
{
    private const int Digits = 12;

    public static bool AreSame(string one, string other)
    {
        Span<char> first = stackalloc char[Digits];
        Span<char> second = stackalloc char[Digits];
        return string.Equals(one, other, StringComparison.OrdinalIgnoreCase)
            || (TryReadMac(one, first) && TryReadMac(other, second) && first.SequenceEqual(second));
    }

    private static bool TryReadMac(string text, Span<char> digits)
    {
        var count = 0;
        foreach (var c in text)
        {
            if (c is '-' or ':' or '.')
            {
                continue;
            }

            if (!char.IsAsciiHexDigit(c) || count == Digits)
            {
                return false;
            }

            digits[count++] = char.ToUpperInvariant(c);
        }

        return count == Digits;
    }
}
