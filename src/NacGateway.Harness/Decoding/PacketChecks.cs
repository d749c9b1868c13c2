using NacGateway.Harness.Output;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Decoding;

/// <summary>Verifies a single packet as far as what is known about it goes, and says what was and what was not.</summary>
internal static class PacketChecks
{
    private const string MessageAuthenticator = "Message-Authenticator";

    /// <param name="octets">The packet without padding.</param>
    /// <param name="packet">The same, read.</param>
    /// <param name="secret">The shared secret; null when unknown.</param>
    /// <param name="requestAuthenticator">Of a reply, the authenticator of its request; null when unknown.</param>
    public static IReadOnlyList<PacketCheck> Of(ReadOnlySpan<byte> octets, RadiusPacket packet, byte[]? secret, byte[]? requestAuthenticator)
    {
        var name = Authenticator(packet.Code);
        if (name is null)
        {
            return [new PacketCheck("Authenticator", CheckOutcome.Unchecked, "the code is neither that of a request nor of a reply")];
        }

        var isReply = name == "Response Authenticator";
        if (secret is null || (isReply && requestAuthenticator is null))
        {
            var missing = secret is null ? "no secret was given" : "a reply is checked with --request-authenticator";
            return
            [
                new PacketCheck(name, CheckOutcome.Unchecked, missing),
                Signature(packet) ? new PacketCheck(MessageAuthenticator, CheckOutcome.Unchecked, missing) : new PacketCheck(MessageAuthenticator, CheckOutcome.Missing),
            ];
        }

        var verdict = isReply ? Authenticators.VerifyReply(octets, requestAuthenticator, secret) : Authenticators.VerifyRequest(octets, secret);
        return [Digest(name, packet.Code, verdict), Signed(packet, verdict)];
    }

    private static PacketCheck Digest(string name, RadiusCode code, PacketVerdict verdict) => (code, verdict) switch
    {
        (RadiusCode.AccessRequest or RadiusCode.StatusServer, _) => new PacketCheck(name, CheckOutcome.Unchecked, "it is random in this packet and proves nothing by itself"),
        (_, PacketVerdict.WrongAuthenticator) => new PacketCheck(name, CheckOutcome.Wrong, "another secret, another request, or a forgery"),
        (_, PacketVerdict.MalformedMessageAuthenticator) => new PacketCheck(name, CheckOutcome.Unchecked, "the Message-Authenticator is malformed"),
        _ => new PacketCheck(name, CheckOutcome.Right),
    };

    private static PacketCheck Signed(RadiusPacket packet, PacketVerdict verdict) => verdict switch
    {
        PacketVerdict.Authentic => new PacketCheck(MessageAuthenticator, CheckOutcome.Right),
        PacketVerdict.WrongMessageAuthenticator => new PacketCheck(MessageAuthenticator, CheckOutcome.Wrong, "another secret, or a forgery"),
        PacketVerdict.MalformedMessageAuthenticator => new PacketCheck(MessageAuthenticator, CheckOutcome.Wrong, "there is more than one, or one that is not 16 octets long"),
        PacketVerdict.EapWithoutMessageAuthenticator => new PacketCheck(MessageAuthenticator, CheckOutcome.Wrong, "it is missing, and must be there beside EAP-Message"),
        PacketVerdict.WrongAuthenticator when Signature(packet) => new PacketCheck(MessageAuthenticator, CheckOutcome.Unchecked, "the authenticator is wrong already"),
        _ => new PacketCheck(MessageAuthenticator, CheckOutcome.Missing),
    };

    private static bool Signature(RadiusPacket packet) => packet.Attributes.CountOf(RadiusAttributeType.MessageAuthenticator) > 0;

    private static string? Authenticator(RadiusCode code) => code switch
    {
        RadiusCode.AccessRequest or RadiusCode.StatusServer or RadiusCode.AccountingRequest or RadiusCode.CoaRequest or RadiusCode.DisconnectRequest => "Request Authenticator",
        RadiusCode.AccessAccept or RadiusCode.AccessReject or RadiusCode.AccessChallenge or RadiusCode.AccountingResponse or RadiusCode.DisconnectAck
            or RadiusCode.DisconnectNak or RadiusCode.CoaAck or RadiusCode.CoaNak or RadiusCode.ProtocolError => "Response Authenticator",
        _ => null,
    };
}
