using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace NacGateway.Radius.Dictionary;

/// <summary>
/// Quoted text as users files and printed packets have it: <c>\n \r \t \" \\</c>, and octets as three octal digits. What could move a
/// terminal's cursor or turn its writing direction is written as octets.
/// </summary>
internal static class TextEscape
{
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        Span<byte> octets = stackalloc byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            string? escape = rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ => null,
            };
            if (escape is not null)
            {
                quoted.Append(escape);
            }
            else if (IsPrintable(rune))
            {
                quoted.Append(rune.ToString());
            }
            else
            {
                foreach (byte octet in octets[..rune.EncodeToUtf8(octets)])
                {
                    quoted.Append(CultureInfo.InvariantCulture, $"\\{octet >> 6}{(octet >> 3) & 7}{octet & 7}");
                }
            }
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Reads what stands between the quotes.</summary>
    public static bool TryUnescape(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? octets)
    {
        octets = null;
        var buffer = new List<byte>(text.Length);
        Span<byte> utf8 = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            if (text[0] != '\\')
            {
                if (Rune.DecodeFromUtf16(text, out Rune rune, out int used) != System.Buffers.OperationStatus.Done)
                {
                    return false;
                }

                buffer.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
                text = text[used..];
            }
            else if (TryOctal(text[1..], out byte octet))
            {
                buffer.Add(octet);
                text = text[4..];
            }
            else if (text.Length > 1 && TrySimple(text[1], out octet))
            {
                buffer.Add(octet);
                text = text[2..];
            }
            else
            {
                return false;
            }
        }

        octets = [.. buffer];
        return true;
    }

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);

    private static bool TryOctal(ReadOnlySpan<char> text, out byte octet)
    {
        octet = 0;
        if (text.Length < 3 || text[0] is < '0' or > '3' || text[1] is < '0' or > '7' || text[2] is < '0' or > '7')
        {
            return false;
        }

        octet = (byte)(((text[0] - '0') << 6) | ((text[1] - '0') << 3) | (text[2] - '0'));
        return true;
    }

    private static bool TrySimple(char letter, out byte octet)
    {
        octet = letter switch
        {
            'n' => (byte)'\n',
            'r' => (byte)'\r',
            't' => (byte)'\t',
            '"' or '\\' or '\'' => (byte)letter,
            _ => 0,
        };
        return octet != 0;
    }
}
