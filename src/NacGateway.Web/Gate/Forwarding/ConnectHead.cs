using System.Text;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>Writes the Host of a CONNECT anew from its target, which alone says where the tunnel leads (RFC 9110 section 9.3.6).</summary>
internal static class ConnectHead
{
    private const int Feed = 2;

    /// <summary>How such a request begins.</summary>
    public static ReadOnlySpan<byte> Method => "CONNECT "u8;

    /// <summary>
    /// The head with another Host; null where it can stay as it is: Host says the same, or the request is faulty and Kestrel is to say
    /// so. One without Host is, unless it is of HTTP/1.0 (RFC 9112 section 3.2), and one with several.
    /// </summary>
    /// <param name="head">From the method up to and with the empty line.</param>
    public static byte[]? Rewrite(ReadOnlySpan<byte> head)
    {
        var lineEnd = head.IndexOf("\r\n"u8);
        var line = head[..lineEnd];
        var targetEnd = line[Method.Length..].IndexOf((byte)' ');
        if (targetEnd <= 0)
        {
            return null;
        }

        var target = line.Slice(Method.Length, targetEnd);
        var (start, length, count) = FindHost(head, lineEnd + Feed);
        if (count == 0 && line.EndsWith(" HTTP/1.0"u8))
        {
            (start, length) = (lineEnd + Feed, 0);
        }
        else if (count != 1 || head.Slice(start, length)["Host:".Length..].Trim(" \t\r\n"u8).SequenceEqual(target))
        {
            return null;
        }

        return [.. head[..start], .. "Host: "u8, .. target, .. "\r\n"u8, .. head[(start + length)..]];
    }

    /// <summary>Where the last field named Host stands, with the end of its line, and how many there are.</summary>
    private static (int Start, int Length, int Count) FindHost(ReadOnlySpan<byte> head, int at)
    {
        var found = (Start: 0, Length: 0, Count: 0);
        while (head[at..].IndexOf("\r\n"u8) is > 0 and var length)
        {
            if (length >= "Host:".Length && Ascii.EqualsIgnoreCase(head.Slice(at, "Host:".Length), "Host:"u8))
            {
                found = (at, length + Feed, found.Count + 1);
            }

            at += length + Feed;
        }

        return found;
    }
}
