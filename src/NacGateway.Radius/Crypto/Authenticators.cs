using System.Security.Cryptography;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Crypto;

/// <summary>
/// Signs and verifies whole packets in place: Request and Response Authenticator (RFC 2865 section 3, RFC 2866 section 3, RFC 5176
/// section 2.3) and Message-Authenticator (RFC 3579 section 3.2). Stateless, safe for concurrent use, allocates nothing; all
/// comparisons take the same time whatever differs.
/// </summary>
/// <remarks>
/// What stands in the authenticator field while the Message-Authenticator is computed: a request whose authenticator is random keeps
/// it, a request whose authenticator is a digest has zeros there, a reply has the authenticator of its request.
/// </remarks>
public static class Authenticators
{
    private const int AuthenticatorOffset = 4;
    private const byte EapMessage = 79;
    private const byte MessageAuthenticator = 80;

    /// <summary>
    /// Signs an encoded request. For Access-Request and Status-Server the authenticator field must already hold 16 random octets;
    /// for Accounting, CoA and Disconnect requests it is computed. A Message-Authenticator placeholder in the packet is filled where
    /// it stands.
    /// </summary>
    /// <param name="packet">The encoded packet without padding, changed in place.</param>
    /// <param name="secret">The shared secret.</param>
    /// <exception cref="ArgumentException">The packet is not well formed, or has more than one Message-Authenticator.</exception>
    public static void SignRequest(Span<byte> packet, ReadOnlySpan<byte> secret)
    {
        int place = FindPlaceholder(packet);
        Span<byte> authenticator = packet.Slice(AuthenticatorOffset, RadiusDigest.Length);
        bool computed = IsComputed(packet[0]);
        if (computed)
        {
            authenticator.Clear();
        }

        FillMessageAuthenticator(packet, place, secret);
        if (computed)
        {
            RadiusDigest.Md5(packet, secret, authenticator);
        }
    }

    /// <summary>Signs an encoded reply in place; a Message-Authenticator placeholder is filled first, where it stands.</summary>
    /// <param name="packet">The encoded reply without padding, changed in place.</param>
    /// <param name="requestAuthenticator">The 16 octets of the authenticator of the request it answers.</param>
    /// <param name="secret">The shared secret.</param>
    /// <exception cref="ArgumentException">The packet is not well formed, or has more than one Message-Authenticator.</exception>
    public static void SignReply(Span<byte> packet, ReadOnlySpan<byte> requestAuthenticator, ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(requestAuthenticator.Length, RadiusDigest.Length, nameof(requestAuthenticator));
        int place = FindPlaceholder(packet);
        Span<byte> authenticator = packet.Slice(AuthenticatorOffset, RadiusDigest.Length);
        requestAuthenticator.CopyTo(authenticator);
        FillMessageAuthenticator(packet, place, secret);
        RadiusDigest.Md5(packet, secret, authenticator);
    }

    /// <summary>Verifies a received request as a server does.</summary>
    /// <param name="packet">The packet without padding, framing already checked.</param>
    /// <param name="secret">The shared secret of the sender's address.</param>
    /// <returns>
    /// The verdict. The authenticator of an Access-Request or Status-Server is random and proves nothing: without Message-Authenticator
    /// such a packet is <see cref="PacketVerdict.AuthenticWithoutMessageAuthenticator"/>, whoever sent it.
    /// </returns>
    public static PacketVerdict VerifyRequest(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> secret) =>
        Verify(packet, secret, IsComputed(packet[0]) ? FieldDuringDigest.Zero : FieldDuringDigest.AsReceived, default);

    /// <summary>Verifies a received reply as a client does.</summary>
    /// <param name="packet">The packet without padding, framing already checked.</param>
    /// <param name="requestAuthenticator">The 16 octets of the authenticator of the request it answers.</param>
    /// <param name="secret">The shared secret.</param>
    /// <returns>The verdict.</returns>
    public static PacketVerdict VerifyReply(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> requestAuthenticator, ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(requestAuthenticator.Length, RadiusDigest.Length, nameof(requestAuthenticator));
        return Verify(packet, secret, FieldDuringDigest.OfRequest, requestAuthenticator);
    }

    private enum FieldDuringDigest
    {
        AsReceived,
        Zero,
        OfRequest,
    }

    private static PacketVerdict Verify(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> secret, FieldDuringDigest field, ReadOnlySpan<byte> requestAuthenticator)
    {
        if (!TryFind(packet, out int place, out bool hasEap))
        {
            return PacketVerdict.MalformedMessageAuthenticator;
        }

        // One copy of packet and secret serves both digests: MD5 wants the secret behind the packet, HMAC wants it as the key.
        using var scratch = new Scratch(packet.Length + secret.Length);
        Span<byte> copy = scratch.Span[..packet.Length];
        packet.CopyTo(copy);
        secret.CopyTo(scratch.Span[packet.Length..]);
        Span<byte> digest = stackalloc byte[RadiusDigest.Length];
        if (field != FieldDuringDigest.AsReceived)
        {
            Span<byte> authenticator = copy.Slice(AuthenticatorOffset, RadiusDigest.Length);
            authenticator.Clear();
            requestAuthenticator.CopyTo(authenticator);
            RadiusDigest.Md5(scratch.Span, digest);
            if (!CryptographicOperations.FixedTimeEquals(digest, packet.Slice(AuthenticatorOffset, RadiusDigest.Length)))
            {
                return PacketVerdict.WrongAuthenticator;
            }
        }

        if (place < 0)
        {
            return hasEap ? PacketVerdict.EapWithoutMessageAuthenticator : PacketVerdict.AuthenticWithoutMessageAuthenticator;
        }

        copy.Slice(place, RadiusDigest.Length).Clear();
        RadiusDigest.HmacMd5(secret, copy, digest);
        return CryptographicOperations.FixedTimeEquals(digest, packet.Slice(place, RadiusDigest.Length))
            ? PacketVerdict.Authentic
            : PacketVerdict.WrongMessageAuthenticator;
    }

    /// <summary>RFC 2866 section 3 and RFC 5176 section 2.3: these requests carry a digest where Access-Request carries random octets.</summary>
    private static bool IsComputed(byte code) =>
        (RadiusCode)code is RadiusCode.AccountingRequest or RadiusCode.CoaRequest or RadiusCode.DisconnectRequest;

    private static void FillMessageAuthenticator(Span<byte> packet, int place, ReadOnlySpan<byte> secret)
    {
        if (place < 0)
        {
            return;
        }

        Span<byte> value = packet.Slice(place, RadiusDigest.Length);
        value.Clear();
        Span<byte> digest = stackalloc byte[RadiusDigest.Length];
        RadiusDigest.HmacMd5(secret, packet, digest);
        digest.CopyTo(value);
    }

    private static int FindPlaceholder(ReadOnlySpan<byte> packet)
    {
        if (PacketReader.Check(packet, out int length, out _) != PacketError.None || length != packet.Length || !TryFind(packet, out int place, out _))
        {
            throw new ArgumentException("Only a well-formed packet with at most one Message-Authenticator of 16 octets can be signed.", nameof(packet));
        }

        return place;
    }

    /// <summary>Finds the value of Message-Authenticator; false when there are several or one is not 16 octets long.</summary>
    private static bool TryFind(ReadOnlySpan<byte> packet, out int place, out bool hasEap)
    {
        place = -1;
        hasEap = false;
        for (int offset = RadiusPacket.HeaderLength; offset < packet.Length; offset += packet[offset + 1])
        {
            if (packet[offset] == MessageAuthenticator)
            {
                if (place >= 0 || packet[offset + 1] != RadiusDigest.Length + 2)
                {
                    return false;
                }

                place = offset + 2;
            }

            hasEap |= packet[offset] == EapMessage;
        }

        return true;
    }
}
