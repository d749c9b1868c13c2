using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NacGateway.Web.Hosting.Listeners.ProxyProtocol;

/// <summary>Version 1: a line such as <c>PROXY TCP4 192.0.2.1 198.51.100.7 4711 80</c> (proxy-protocol.txt section 2.1).</summary>
internal static class TextHeader
{
    /// <summary>With the end of the line; the specification's own worst case.</summary>
    private const int LongestLine = 107;

    private static readonly SearchValues<char> OfAddresses = SearchValues.Create("0123456789abcdefABCDEF:.");

    public static ReadOnlySpan<byte> Signature => "PROXY "u8;

    public static ProxyHeaderState Read(ReadOnlySpan<byte> octets, out ProxyHeader header)
    {
        header = default;
        var seen = octets[..Math.Min(octets.Length, LongestLine)];
        var end = seen.IndexOf("\r\n"u8);
        if (end < 0)
        {
            return seen.Length < LongestLine ? ProxyHeaderState.Partial : ProxyHeaderState.Wrong;
        }

        // Latin-1 makes one character of each octet, so that what is not ASCII is neither lost nor made into something else.
        var words = Encoding.Latin1.GetString(seen[..end]).Split(' ');
        if (words[1] == "UNKNOWN")
        {
            // The rest of the line is to be ignored.
            header = new ProxyHeader(end + 2, Source: null);
            return ProxyHeaderState.Whole;
        }

        if (words.Length != 6 || !TryReadFamily(words[1], out var family)
            || !TryReadAddress(words[2], family, out var source) || !TryReadAddress(words[3], family, out _)
            || !TryReadPort(words[4], out var port) || !TryReadPort(words[5], out _))
        {
            return ProxyHeaderState.Wrong;
        }

        header = new ProxyHeader(end + 2, new IPEndPoint(source, port));
        return ProxyHeaderState.Whole;
    }

    private static bool TryReadFamily(string word, out AddressFamily family)
    {
        family = word switch
        {
            "TCP4" => AddressFamily.InterNetwork,
            "TCP6" => AddressFamily.InterNetworkV6,
            _ => AddressFamily.Unspecified,
        };
        return family != AddressFamily.Unspecified;
    }

    /// <summary>IPAddress takes much more for an address than the protocol allows: 10, 0x7f.1, [::1], fe80::1%eth0.</summary>
    private static bool TryReadAddress(string word, AddressFamily family, out IPAddress address)
    {
        var isPlain = word.AsSpan().IndexOfAnyExcept(OfAddresses) < 0;
        if (!isPlain || !IPAddress.TryParse(word, out var parsed) || parsed.AddressFamily != family
            || (family == AddressFamily.InterNetwork && parsed.ToString() != word))
        {
            address = IPAddress.None;
            return false;
        }

        address = parsed;
        return true;
    }

    private static bool TryReadPort(string word, out ushort port) =>
        ushort.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out port) && (word.Length == 1 || word[0] != '0');
}
