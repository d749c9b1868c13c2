using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Tests.Authentication.MutatedReplies;

/// <summary>Makes replies by hand, right and wrong: nothing of the library that is under test checks or signs them.</summary>
internal static class Raw
{
    public const int Header = 20;
    public const byte MessageAuthenticator = 80;
    public static readonly byte[] Secret = Encoding.UTF8.GetBytes(Gateways.Secret);

    /// <summary>The limit that a reply of this corpus carries which must not count.</summary>
    public const uint WrongTimeout = 111;

    public static byte[] Attribute(byte type, params byte[] value) => [type, (byte)(value.Length + 2), .. value];

    public static byte[] Integer(byte type, uint value)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        return Attribute(type, octets);
    }

    public static byte[] Vendor(uint vendor, params byte[] rest)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, vendor);
        return Attribute(26, [.. octets, .. rest]);
    }

    /// <summary>A Message-Authenticator to be filled.</summary>
    public static byte[] Place() => Attribute(MessageAuthenticator, new byte[16]);

    /// <summary>Puts a reply together as it is given, with both digests right for it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="code">Code of the reply.</param>
    /// <param name="attributes">Its attributes, well framed or not.</param>
    public static byte[] Reply(byte[] request, RadiusCode code, params byte[][] attributes) => Sign(request, Unsigned(request, code, attributes));

    /// <summary>An acceptance that would be taken: signed, with a limit that tells it from the right one.</summary>
    public static byte[] Accept(byte[] request, params byte[][] more) => Reply(request, RadiusCode.AccessAccept, [Place(), Integer(27, WrongTimeout), .. more]);

    public static byte[] Unsigned(byte[] request, RadiusCode code, params byte[][] attributes)
    {
        byte[] packet = [(byte)code, request[1], 0, 0, .. new byte[16], .. attributes.SelectMany(attribute => attribute)];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        return packet;
    }

    /// <summary>Fills the first attribute that is a Message-Authenticator of 16 octets by its framing, and the Response Authenticator.</summary>
    public static byte[] Sign(byte[] request, byte[] packet)
    {
        request.AsSpan(4, 16).CopyTo(packet.AsSpan(4));
        for (var at = Header; at + 2 <= packet.Length && packet[at + 1] >= 2; at += packet[at + 1])
        {
            if (packet[at] == MessageAuthenticator && packet[at + 1] == 18 && at + 18 <= packet.Length)
            {
                packet.AsSpan(at + 2, 16).Clear();
                using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.MD5, Secret);
                hmac.AppendData(packet);
                hmac.GetHashAndReset().CopyTo(packet, at + 2);
                break;
            }
        }

        return SignOuter(request, packet);
    }

    /// <summary>Makes the Response Authenticator right, and leaves all else as it is.</summary>
    public static byte[] SignOuter(byte[] request, byte[] packet)
    {
        request.AsSpan(4, 16).CopyTo(packet.AsSpan(4));
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData(packet);
        md5.AppendData(Secret);
        md5.GetHashAndReset().CopyTo(packet, 4);
        return packet;
    }
}
