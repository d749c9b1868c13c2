using System.Buffers.Binary;
using System.Security.Cryptography;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios;

/// <summary>
/// Replies as octets. The library's own writer and signer make no wrong packets, so that faults need hands of their own: here a packet may
/// be longer than allowed, lack its Message-Authenticator or have one that is wrong, and still carry a right Response Authenticator.
/// </summary>
internal static class ReplyOctets
{
    public const int Header = RadiusPacket.HeaderLength;
    public const int Authenticator = 4;
    public const byte MessageAuthenticator = 80;
    public const byte ProxyState = 33;

    /// <summary>Datagrams that one reply may become at most, whatever copies copies are made of.</summary>
    public const int MostDepartures = 4096;

    private const int DigestLength = 16;

    /// <summary>The same plan with each packet changed.</summary>
    /// <param name="planned">The plan.</param>
    /// <param name="change">Changes one packet.</param>
    /// <param name="least">What is shorter, because a fault before cut it, stays as it is: there is nothing to change in it.</param>
    public static IReadOnlyList<Departure> Each(this IReadOnlyList<Departure> planned, Func<byte[], byte[]> change, int least = Header) =>
        [.. planned.Select(departure => departure.Octets.Length < least ? departure : departure with { Octets = change(departure.Octets.ToArray()) })];

    /// <summary>Attributes as (start, length) in order; stops where the framing is wrong.</summary>
    public static IEnumerable<(int Start, int Length)> Attributes(byte[] packet)
    {
        for (var at = Header; at + 2 <= packet.Length && packet[at + 1] >= 2 && at + packet[at + 1] <= packet.Length; at += packet[at + 1])
        {
            yield return (at, packet[at + 1]);
        }
    }

    /// <summary>The packet without the attributes of one type, its Length put right.</summary>
    public static byte[] Without(byte[] packet, byte type) =>
        WithLength([.. packet.Take(Header), .. Attributes(packet).Where(place => packet[place.Start] != type).SelectMany(place => packet.Skip(place.Start).Take(place.Length))]);

    /// <summary>Where the value of the first attribute of a type begins; -1 for nowhere.</summary>
    public static int ValueOf(byte[] packet, byte type) =>
        Attributes(packet).Where(place => packet[place.Start] == type).Select(place => place.Start + 2).FirstOrDefault(-1);

    /// <summary>The Length field made true, as far as it can be: it has 16 bits.</summary>
    public static byte[] WithLength(byte[] packet)
    {
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)Math.Min(packet.Length, ushort.MaxValue));
        return packet;
    }

    /// <summary>Makes the Response Authenticator right for what stands there (RFC 2865 section 3); Message-Authenticator stays as it is.</summary>
    public static byte[] Sign(byte[] packet, FaultInput input)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData(packet, 0, Authenticator);
        md5.AppendData(input.RequestAuthenticator);
        md5.AppendData(packet, Header, packet.Length - Header);
        md5.AppendData(input.Secret.Span);
        md5.GetHashAndReset().CopyTo(packet, Authenticator);
        return packet;
    }

    /// <summary>Makes the first Message-Authenticator right where there is one (RFC 3579 section 3.2), then the Response Authenticator.</summary>
    public static byte[] SignBoth(byte[] packet, FaultInput input)
    {
        var place = ValueOf(packet, MessageAuthenticator);
        if (place >= 0 && place + DigestLength <= packet.Length)
        {
            var copy = (byte[])packet.Clone();
            input.RequestAuthenticator.CopyTo(copy.AsSpan(Authenticator));
            copy.AsSpan(place, DigestLength).Clear();
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.MD5, input.Secret.Span);
            hmac.AppendData(copy);
            hmac.GetHashAndReset().CopyTo(packet, place);
        }

        return Sign(packet, input);
    }
}
