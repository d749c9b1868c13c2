using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NacGateway.Web.Gate;

/// <summary>One name of the walled garden: in ASCII, without the trailing dot.</summary>
/// <param name="Name">The name; of <c>*.pay.example</c> the part after the star, with its dot.</param>
/// <param name="Below">True for <c>*.</c>: every name below, not the name itself.</param>
internal sealed record GardenName(string Name, bool Below)
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    /// <summary>Reads <c>pay.example</c> or <c>*.pay.example</c>. A star alone, or over a single label such as <c>*.com</c>, is too wide to be meant.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out GardenName? name)
    {
        name = null;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var below = text.StartsWith("*.", StringComparison.Ordinal);
        var ascii = ToAscii((below ? text[2..] : text).TrimEnd('.'));
        if (ascii is null || ascii.Length is 0 or > LongestName || !ascii.Split('.').All(IsLabel) || (below && !ascii.Contains('.', StringComparison.Ordinal)))
        {
            return false;
        }

        // 10.1.2 and 300.1.1.1 are slips in an address, not names: no top-level domain is a number.
        if (char.IsAsciiDigit(ascii[^1]) && ascii.Split('.')[^1].All(char.IsAsciiDigit))
        {
            return false;
        }

        name = new GardenName(below ? "." + ascii : ascii, below);
        return true;
    }

    /// <summary>True when the host, without its trailing dot, is this name or lies below it.</summary>
    public bool Matches(ReadOnlySpan<char> host) => Below
        ? host.Length > Name.Length && host.EndsWith(Name, StringComparison.OrdinalIgnoreCase)
        : host.Equals(Name, StringComparison.OrdinalIgnoreCase);

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && label[0] != '-' && label[^1] != '-';

    private static string? ToAscii(string name)
    {
        try
        {
            return name.Length == 0 ? null : new IdnMapping().GetAscii(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
