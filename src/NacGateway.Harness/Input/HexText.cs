using System.Globalization;

namespace NacGateway.Harness.Input;

/// <summary>Octets as people paste them: digits in any case, with white space or colons between, perhaps with 0x in front.</summary>
internal static class HexText
{
    /// <summary>The octets.</summary>
    /// <param name="text">The digits.</param>
    /// <param name="what">What the text stands for, for the error.</param>
    /// <exception cref="UsageException">Something else stands between the digits, or their number is odd.</exception>
    public static byte[] Parse(string text, string what)
    {
        var rest = text.AsSpan().Trim();
        rest = rest.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? rest[2..] : rest;
        var digits = new List<char>(rest.Length);
        foreach (var letter in rest)
        {
            if (char.IsAsciiHexDigit(letter))
            {
                digits.Add(letter);
            }
            else if (letter != ':' && !char.IsWhiteSpace(letter))
            {
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{what} is no hexadecimal text: behind {digits.Count} digits stands something else. Give digits, perhaps with white space or colons between."));
            }
        }

        return digits.Count % 2 == 0
            ? Convert.FromHexString([.. digits])
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{what} has {digits.Count} hexadecimal digits. An octet has two: one is missing or too many."));
    }
}
