using System.Buffers.Binary;
using NacGateway.Aaa.Scenarios;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Aaa.Tracing;

/// <summary>
/// Turns a recorded reply into one to another request: Identifier and digests that were right are right again, and what was wrong stays as
/// wrong as it was. Attributes that are hidden with the request's authenticator, and MS-CHAP2-Success, stay as they are.
/// </summary>
internal static class Rebase
{
    private const int DigestLength = 16;

    /// <param name="recorded">The recorded datagram.</param>
    /// <param name="oldRequest">What it answered.</param>
    /// <param name="newRequest">What it is to answer.</param>
    /// <param name="secret">The shared secret.</param>
    public static byte[] To(ReadOnlySpan<byte> recorded, byte[] oldRequest, byte[] newRequest, ReadOnlyMemory<byte> secret)
    {
        var octets = recorded.ToArray();
        if (octets.Length < ReplyOctets.Header || !IsReply(octets[0]))
        {
            return octets;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(octets.AsSpan(2));
        var (packet, padding) = length >= ReplyOctets.Header && length <= octets.Length ? (octets[..length], octets[length..]) : (octets, []);
        var before = new FaultInput(oldRequest, secret, Draw.Of(0, "", 0), TimeSpan.Zero);
        var after = before with { Request = newRequest };
        var isSigned = ReplyOctets.Sign((byte[])packet.Clone(), before).AsSpan().SequenceEqual(packet);
        var place = ReplyOctets.ValueOf(packet, ReplyOctets.MessageAuthenticator);
        var isProven = isSigned && place >= 0 && ReplyOctets.SignBoth((byte[])packet.Clone(), before).AsSpan().SequenceEqual(packet);
        packet[1] = (byte)(packet[1] - oldRequest[1] + newRequest[1]);
        if (isProven)
        {
            ReplyOctets.SignBoth(packet, after);
        }
        else if (isSigned)
        {
            ReplyOctets.Sign(packet, after);
        }

        return [.. packet, .. padding];
    }

    /// <summary>Whether a recorded reply proves the secret, so that it can be told whether the trace was made with this one.</summary>
    public static bool Proves(ReadOnlySpan<byte> reply, ReadOnlySpan<byte> request, ReadOnlySpan<byte> secret) =>
        PacketReader.TryRead(reply, out var reader) == PacketError.None
        && Authenticators.VerifyReply(reader.Packet, request.Slice(ReplyOctets.Authenticator, DigestLength), secret) is PacketVerdict.Authentic or PacketVerdict.AuthenticWithoutMessageAuthenticator;

    /// <summary>What the secret says of a recorded request; null where its octets are no packet.</summary>
    public static PacketVerdict? VerdictOf(ReadOnlySpan<byte> request, ReadOnlySpan<byte> secret) =>
        PacketReader.TryRead(request, out var reader) == PacketError.None ? Authenticators.VerifyRequest(reader.Packet, secret) : null;

    private static bool IsReply(byte code) => (RadiusCode)code is RadiusCode.AccessAccept or RadiusCode.AccessReject or RadiusCode.AccessChallenge or RadiusCode.AccountingResponse;
}
