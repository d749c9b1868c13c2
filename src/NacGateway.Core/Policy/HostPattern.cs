using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NacGateway.Core.Policy;

/// <summary>A host's name in ASCII, or every name below one.</summary>
/// <param name="Name">The name without the trailing dot; of <c>*.example.org</c> the part after the star, with its dot.</param>
/// <param name="IsBelow">True for <c>*.</c>: every name below, not the name itself.</param>
internal sealed record HostPattern(string Name, bool IsBelow)
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    /// <summary>Reads <c>www.example.org</c> or <c>*.example.org</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out HostPattern? pattern)
    {
        pattern = null;
        var isBelow = text.StartsWith("*.", StringComparison.Ordinal);
        var ascii = ToAscii((isBelow ? text[2..] : text).TrimEnd('.'));
        if (ascii is null || ascii.Length is 0 or > LongestName || !ascii.Split('.').All(IsLabel))
        {
            return false;
        }

        // 10.1.2 and 300.1.1.1 are slips in an address, not names: no top-level domain is a number.
        if (ascii.Split('.')[^1].All(char.IsAsciiDigit))
        {
            return false;
        }

        pattern = new HostPattern(isBelow ? "." + ascii : ascii, isBelow);
        return true;
    }

    /// <summary>True when the host, in ASCII and with or without its trailing dot, is this name or lies below it. Does not allocate.</summary>
    public bool Matches(ReadOnlySpan<char> host)
    {
        host = host.EndsWith('.') ? host[..^1] : host;
        return IsBelow
            ? host.Length > Name.Length && host.EndsWith(Name, StringComparison.OrdinalIgnoreCase)
            : host.Equals(Name, StringComparison.OrdinalIgnoreCase);
    }

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
