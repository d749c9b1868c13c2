using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.Search;

/// <summary>An address to search for: a whole one, the beginning of one, or a prefix. The database keeps addresses as text.</summary>
internal static class AddressText
{
    private const int OctetBits = 8;
    private const int GroupBits = 16;

    /// <summary>Why it cannot be searched for, as a sentence; null where it can.</summary>
    public static string? Problem(string text)
    {
        if (text.Contains('/', StringComparison.Ordinal) && Prefixes(text) is null)
        {
            return $"'{text}' is no prefix that can be searched for: write 10.20.0.0/16, or an IPv6 prefix of whole groups such as 2001:db8::/32.";
        }

        return text.All(c => char.IsAsciiHexDigit(c) || c is '.' or ':' or '/') ? null : $"'{text}' is no address; it was left out.";
    }

    /// <summary>The whole address as the database spells it; null for what is only a part of one.</summary>
    public static string? Whole(string text) =>
        IPAddress.TryParse(text, out var address) && (address.AddressFamily == AddressFamily.InterNetworkV6 || text.Count(c => c == '.') == 3) ? ClientKey.From(address).ToString() : null;

    /// <summary>The beginnings of all addresses of a prefix in CIDR form, whole addresses among them; null where text cannot say it.</summary>
    public static IReadOnlyList<string>? Prefixes(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !NetworkPrefix.TryParse(text, out _) || !IPAddress.TryParse(text[..slash], out var network))
        {
            return null;
        }

        var length = int.Parse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        return network.AddressFamily == AddressFamily.InterNetwork ? OfIPv4(network.GetAddressBytes(), length) : OfIPv6(network, length);
    }

    private static IReadOnlyList<string> OfIPv4(byte[] octets, int length)
    {
        if (length == 0)
        {
            return [""];
        }

        // The octet that the prefix ends in takes as many values as its other bits do: 128 at most.
        var at = (length - 1) / OctetBits;
        var free = ((at + 1) * OctetBits) - length;
        var first = octets[at] >> free << free;
        var before = string.Concat(octets.Take(at).Select(octet => string.Create(CultureInfo.InvariantCulture, $"{octet}.")));
        return [.. Enumerable.Range(first, 1 << free).Select(octet => string.Create(CultureInfo.InvariantCulture, $"{before}{octet}{(at == 3 ? "" : ".")}"))];
    }

    /// <summary>Groups of zeros are left out of the text, so only a prefix whose groups are whole and not zero is the beginning of all its addresses.</summary>
    private static string[]? OfIPv6(IPAddress network, int length)
    {
        if (length == 128)
        {
            return [ClientKey.From(network).ToString()];
        }

        var groups = network.GetAddressBytes().Chunk(2).Take(length / GroupBits).Select(pair => (pair[0] << OctetBits) | pair[1]).ToList();
        return length == 0 || length % GroupBits != 0 || groups.Contains(0) ? null : [string.Concat(groups.Select(group => string.Create(CultureInfo.InvariantCulture, $"{group:x}:")))];
    }
}
