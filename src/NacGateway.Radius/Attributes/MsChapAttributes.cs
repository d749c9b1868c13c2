using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Attributes;

/// <summary>The attributes that carry MS-CHAPv2 (RFC 2548 section 2.3), for the side that asks and for the side that answers.</summary>
/// <remarks>
/// <code>
/// MS-CHAP2-Response:  |  Ident  |  Flags = 0  |  Peer-Challenge (16)  |  Reserved = 0 (8)  |  NT-Response (24)  |
/// MS-CHAP2-Success:   |  Ident  |  "S=" and 40 hexadecimal digits  |
/// </code>
/// </remarks>
public static class MsChapAttributes
{
    private const int ResponseLength = 50;
    private const int PeerChallengeOffset = 2;
    private const int NtResponseOffset = 26;

    /// <summary>Adds MS-CHAP-Challenge and MS-CHAP2-Response to an Access-Request (RFC 2548 sections 2.1.2, 2.3.2).</summary>
    /// <param name="packet">The request.</param>
    /// <param name="ident">Any value; the answer repeats it. Better not 0: MS-CHAP-Error begins with it, and programs that take that for a string see an empty one.</param>
    /// <param name="authenticatorChallenge16">16 random octets.</param>
    /// <param name="peerChallenge16">16 other random octets.</param>
    /// <param name="userName">User name in UTF-8, as User-Name carries it.</param>
    /// <param name="password">Clear password in UTF-8; not kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">A challenge is not 16 octets long, or the packet would exceed 4096.</exception>
    public static void AddMsChap2Response(this RadiusPacket packet, byte ident, ReadOnlySpan<byte> authenticatorChallenge16, ReadOnlySpan<byte> peerChallenge16, ReadOnlySpan<byte> userName, ReadOnlySpan<byte> password)
    {
        Span<byte> value = stackalloc byte[ResponseLength];
        value.Clear();
        value[0] = ident;
        MsChapV2.GenerateNtResponse(authenticatorChallenge16, peerChallenge16, userName, password, value[NtResponseOffset..]);
        peerChallenge16.CopyTo(value[PeerChallengeOffset..]);
        packet.Attributes.AddVendor(VendorId.Microsoft, MicrosoftAttributeType.ChapChallenge, authenticatorChallenge16);
        packet.Attributes.AddVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Response, value);
    }

    /// <summary>Checks the response of an Access-Request, as a server does.</summary>
    /// <param name="request">The request.</param>
    /// <param name="userName">User name in UTF-8, as User-Name carried it.</param>
    /// <param name="password">The clear password that the server knows, in UTF-8.</param>
    /// <returns>Whether there is a response of the right layout and it is right.</returns>
    public static bool VerifyMsChap2Response(this RadiusPacket request, ReadOnlySpan<byte> userName, ReadOnlySpan<byte> password) =>
        TryGetExchange(request, out ReadOnlySpan<byte> challenge, out ReadOnlySpan<byte> response)
        && MsChapV2.VerifyNtResponse(response[NtResponseOffset..], challenge, response.Slice(PeerChallengeOffset, MsChapV2.ChallengeLength), userName, password);

    /// <summary>Adds MS-CHAP2-Success to an Access-Accept: the server's proof that it knows the password (RFC 2548 section 2.3.3).</summary>
    /// <param name="reply">The Access-Accept.</param>
    /// <param name="request">The request it answers, whose response has been verified.</param>
    /// <param name="userName">User name in UTF-8, as User-Name carried it.</param>
    /// <param name="password">Clear password in UTF-8.</param>
    /// <exception cref="ArgumentException">The request has no MS-CHAPv2 response.</exception>
    public static void AddMsChap2Success(this RadiusPacket reply, RadiusPacket request, ReadOnlySpan<byte> userName, ReadOnlySpan<byte> password)
    {
        if (!TryGetExchange(request, out ReadOnlySpan<byte> challenge, out ReadOnlySpan<byte> response))
        {
            throw new ArgumentException("The request has no MS-CHAPv2 response.", nameof(request));
        }

        Span<byte> place = reply.Attributes.ReserveVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Success, 1 + MsChapV2.AuthenticatorResponseLength);
        place[0] = response[0];
        MsChapV2.GenerateAuthenticatorResponse(challenge, response.Slice(PeerChallengeOffset, MsChapV2.ChallengeLength), userName, password, response[NtResponseOffset..], place[1..]);
    }

    /// <summary>Checks the server's proof; without a right one an Access-Accept must not let anybody in (RFC 2759 section 5).</summary>
    /// <param name="reply">The Access-Accept.</param>
    /// <param name="request">The request that was sent.</param>
    /// <param name="userName">User name in UTF-8, as it was sent.</param>
    /// <param name="password">Clear password in UTF-8.</param>
    /// <returns>Whether there is a proof for the request's ident and it is right.</returns>
    public static bool VerifyMsChap2Success(this RadiusPacket reply, RadiusPacket request, ReadOnlySpan<byte> userName, ReadOnlySpan<byte> password) =>
        TryGetExchange(request, out ReadOnlySpan<byte> challenge, out ReadOnlySpan<byte> response)
        && reply.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Success, out ReadOnlySpan<byte> success)
        && success.Length > 1 && success[0] == response[0]
        && MsChapV2.VerifyAuthenticatorResponse(success[1..], challenge, response.Slice(PeerChallengeOffset, MsChapV2.ChallengeLength), userName, password, response[NtResponseOffset..]);

    /// <summary>Reads MS-CHAP-Error of an Access-Reject (RFC 2548 section 2.1.5).</summary>
    /// <param name="reply">The Access-Reject.</param>
    /// <returns>What it says, or null.</returns>
    public static MsChapError? GetMsChapError(this RadiusPacket reply) =>
        reply.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.ChapError, out ReadOnlySpan<byte> value) && MsChapError.TryParse(value, out MsChapError? error) ? error : null;

    private static bool TryGetExchange(RadiusPacket request, out ReadOnlySpan<byte> challenge, out ReadOnlySpan<byte> response)
    {
        response = default;
        return request.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.ChapChallenge, out challenge) && challenge.Length == MsChapV2.ChallengeLength
            && request.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Response, out response) && response.Length == ResponseLength;
    }
}
