using System.Globalization;

namespace NacGateway.Radius.Dictionary;

/// <summary>Numbers as dictionary files write them: decimal, 0x hexadecimal, or octal after a 0.</summary>
internal static class DictionaryNumber
{
    public static bool TryParse(ReadOnlySpan<char> text, out uint number)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return uint.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
        }

        if (text.Length < 2 || text[0] != '0')
        {
            return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        }

        ulong octal = 0;
        number = 0;
        foreach (char digit in text)
        {
            octal = (octal << 3) | (uint)(digit - '0');
            if (digit is < '0' or > '7' || octal > uint.MaxValue)
            {
                return false;
            }
        }

        number = (uint)octal;
        return true;
    }
}
