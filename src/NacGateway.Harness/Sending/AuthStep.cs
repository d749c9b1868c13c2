using NacGateway.Harness.Output;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Transport;

namespace NacGateway.Harness.Sending;

/// <summary>One request and what became of it.</summary>
internal sealed class AuthStep
{
    private AuthStep(ExchangeResult result, RadiusPacket? sent, IReadOnlyList<PacketCheck> checks, IReadOnlyDictionary<DropReason, long> drops) =>
        (Result, Sent, Checks, Drops) = (result, sent, checks, drops);

    public ExchangeResult Result { get; }

    /// <summary>The request as it was on the wire; null when none was sent.</summary>
    public RadiusPacket? Sent { get; }

    public IReadOnlyList<PacketCheck> Checks { get; }

    /// <summary>Datagrams that were not believed, by reason.</summary>
    public IReadOnlyDictionary<DropReason, long> Drops { get; }

    /// <summary>Whether a reply came and each proof that it owes is right.</summary>
    public bool IsProved => Result.Status == ExchangeStatus.Answered && Checks.All(check => check.Outcome != CheckOutcome.Wrong);

    public static AuthStep Of(ExchangeResult result, AuthRequest request, DropCounter drops)
    {
        var counts = Enum.GetValues<DropReason>().Where(reason => drops[reason] != 0).ToDictionary(reason => reason, reason => drops[reason]);
        return new AuthStep(result, OnTheWire(result), result.Reply is { } reply ? [.. Verified(reply, result.Request!, request)] : [], counts);
    }

    /// <summary>The client hands back what it composed; the signature is put in while it sends.</summary>
    private static RadiusPacket? OnTheWire(ExchangeResult result)
    {
        if (result.Request is not { } composed || result.Server is not { } server)
        {
            return null;
        }

        var octets = new byte[composed.EncodedLength];
        composed.WriteTo(octets);
        Authenticators.SignRequest(octets, server.Secret.Span);
        return RadiusPacket.TryParse(octets, out var sent, out _) ? sent : composed;
    }

    private static IEnumerable<PacketCheck> Verified(RadiusPacket reply, RadiusPacket sent, AuthRequest request)
    {
        // The client gives no reply out whose digests are not right.
        yield return new PacketCheck("Response Authenticator", CheckOutcome.Right);
        yield return reply.Attributes.CountOf(RadiusAttributeType.MessageAuthenticator) > 0
            ? new PacketCheck("Message-Authenticator", CheckOutcome.Right)
            : new PacketCheck("Message-Authenticator", CheckOutcome.Missing, "let pass by --allow-missing-message-authenticator; such a reply can be forged");

        if (request.Method == AuthMethod.MsChapV2 && reply.Code == RadiusCode.AccessAccept)
        {
            const string Name = "MS-CHAP2-Success";
            var isThere = reply.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Success, out _);
            yield return reply.VerifyMsChap2Success(sent, request.UserName, request.Password)
                ? new PacketCheck(Name, CheckOutcome.Right)
                : new PacketCheck(Name, CheckOutcome.Wrong, isThere ? "the server has not proved that it knows the password" : "it is missing: the server has not proved that it knows the password");
        }
    }
}
