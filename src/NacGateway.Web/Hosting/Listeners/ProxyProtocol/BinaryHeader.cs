using System.Buffers.Binary;
using System.Net;

namespace NacGateway.Web.Hosting.Listeners.ProxyProtocol;

/// <summary>
/// Version 2 (proxy-protocol.txt section 2.2).
/// <code>
/// signature (12) | version, command (1) | family, transport (1) | length of the rest (2) | addresses | type-length-value fields
/// </code>
/// </summary>
internal static class BinaryHeader
{
    public const int HeadLength = 16;

    /// <summary>Room for addresses and all fields that proxies send, a certificate's names among them. The protocol has 65,535, which nobody needs and anybody could make us hold.</summary>
    public const int LongestRest = 4096;

    private const int Local = 0;
    private const int Proxy = 1;
    private const int Unspecified = 0x00;
    private const int TcpOverIpV4 = 0x11;
    private const int TcpOverIpV6 = 0x21;
    private const int UnixStream = 0x31;
    private const int FieldHead = 3;

    public static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    public static ProxyHeaderState Read(ReadOnlySpan<byte> octets, out ProxyHeader header)
    {
        header = default;
        if (octets.Length < HeadLength)
        {
            return ProxyHeaderState.Partial;
        }

        var command = octets[12] & 0x0f;
        var length = BinaryPrimitives.ReadUInt16BigEndian(octets[14..]);
        if (octets[12] >> 4 != 2 || command > Proxy || length > LongestRest)
        {
            return ProxyHeaderState.Wrong;
        }

        if (octets.Length < HeadLength + length)
        {
            return ProxyHeaderState.Partial;
        }

        // The proxy speaks for itself (a health check), or does not know for whom: what follows is to be passed over.
        if (command == Local || octets[13] == Unspecified)
        {
            header = new ProxyHeader(HeadLength + length, Source: null);
            return ProxyHeaderState.Whole;
        }

        var rest = octets.Slice(HeadLength, length);
        if (AddressesLength(octets[13]) is not { } addresses || rest.Length < addresses || !AreFields(rest[addresses..]))
        {
            return ProxyHeaderState.Wrong;
        }

        header = new ProxyHeader(HeadLength + length, Source(octets[13], rest));
        return ProxyHeaderState.Whole;
    }

    /// <summary>Null for what the protocol does not have, and for datagrams, which no stream carries.</summary>
    private static int? AddressesLength(byte family) => family switch
    {
        TcpOverIpV4 => (2 * 4) + (2 * 2),
        TcpOverIpV6 => (2 * 16) + (2 * 2),
        UnixStream => 2 * 108,
        _ => null,
    };

    private static IPEndPoint? Source(byte family, ReadOnlySpan<byte> rest) => family switch
    {
        TcpOverIpV4 => new IPEndPoint(new IPAddress(rest[..4]), BinaryPrimitives.ReadUInt16BigEndian(rest[8..])),
        TcpOverIpV6 => new IPEndPoint(new IPAddress(rest[..16]), BinaryPrimitives.ReadUInt16BigEndian(rest[32..])),
        _ => null,
    };

    /// <summary>Nothing in the fields is used, but fields that do not fill their room exactly are a header that somebody got wrong.</summary>
    private static bool AreFields(ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            if (rest.Length < FieldHead || BinaryPrimitives.ReadUInt16BigEndian(rest[1..]) is var length && rest.Length < FieldHead + length)
            {
                return false;
            }

            rest = rest[(FieldHead + length)..];
        }

        return true;
    }
}
