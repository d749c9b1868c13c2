using System.Globalization;
using NacGateway.Harness.Output;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Probing;

/// <summary>Methods, and Message-Authenticator in both directions.</summary>
internal static class SignInQuestions
{
    private const string Blast = "CVE-2024-3596; draft-ietf-radext-deprecating-radius section 5.3";

    public static ProbeQuestion Answers { get; } = new("answers", "Answers an Access-Request", "RFC 2865 section 2", true, AskPlainAsync);

    public static IReadOnlyList<ProbeQuestion> All { get; } =
    [
        Method("pap", "PAP", AuthMethod.Pap, "RFC 2865 section 5.2"),
        Method("chap", "CHAP", AuthMethod.Chap, "RFC 2865 section 5.3"),
        Method("mschapv2", "MS-CHAPv2", AuthMethod.MsChapV2, "RFC 2548 section 2.3"),
        new("ma-accept", "Signs Access-Accept", Blast, false, (prober, token) => SignedAsync(prober, isUser: true, PacketOutcome.Accept, token)),
        new("ma-reject", "Signs Access-Reject", Blast, false, (prober, token) => SignedAsync(prober, isUser: false, PacketOutcome.Reject, token)),
        new("ma-required", "Requires Message-Authenticator of us", Blast, false, UnsignedAsync),
    ];

    private static async Task<ProbeVerdict> AskPlainAsync(Prober prober, CancellationToken cancellationToken)
    {
        var answer = await prober.AskAsync(prober.Encode(prober.Access()), cancellationToken);
        prober.Plain = answer.Packet is null ? null : answer;
        if (answer.Packet is { } packet)
        {
            if (prober.HasUser && answer.Outcome == PacketOutcome.Reject)
            {
                // The other answers are measured by what the stranger gets, for he is asked for from here on.
                prober.IsUserRejected = true;
                var plain = await prober.AskAsync(prober.Encode(prober.Access()), cancellationToken);
                prober.Plain = plain.Packet is null ? answer : plain;
            }

            return ProbeVerdict.Good(string.Create(CultureInfo.InvariantCulture, $"{Radius.Dictionary.PacketPrinter.CodeName(packet.Code)} after {answer.Elapsed.TotalMilliseconds:0.0} ms"));
        }

        if (answer is { IsSilence: true, IsRefused: false })
        {
            // A server that drops a wrong signature in silence may answer what has none, and tells by that which secret it has.
            answer = await prober.AskAsync(prober.Encode(prober.Access(prober.Target.Method, isUser: false, packet => packet.Attributes.RemoveAll(RadiusAttributeType.MessageAuthenticator))), cancellationToken);
        }

        return answer switch
        {
            { IsRefused: true } => ProbeVerdict.Bad("the port refuses", "Nobody listens there. Correct the host or the port."),
            { Packet: not null } => ProbeVerdict.Bad("an answer only to what has no Message-Authenticator", "The server drops signed requests: something on the way changes them, or the server is at fault."),
            { IsSilence: false } => ProbeVerdict.Bad("an answer that is not authentic", "The server has another shared secret. Give the same on both sides."),
            _ => ProbeVerdict.Bad("silence", "Nothing runs there, or the server does not know this address as a client, or it has another shared secret. Its log says which."),
        };
    }

    private static ProbeQuestion Method(string id, string name, AuthMethod method, string rule) => new(id, $"Signs a user in by {name}", rule, false, async (prober, cancellationToken) =>
    {
        if (!prober.HasUser)
        {
            return ProbeVerdict.Unknown(prober.WhyNoUser);
        }

        var request = prober.Access(method, isUser: true);
        var octets = prober.Encode(request);
        var answer = await prober.AskAsync(octets, cancellationToken);
        if (answer.Packet is not { } reply)
        {
            return ProbeVerdict.Weak("no answer", "The server drops this method without a word, where it should reject.");
        }

        var isProved = RadiusPacket.TryParse(octets, out var sent, out _) && request.Prove(reply, sent).All(check => check.Outcome == CheckOutcome.Right);
        return (answer.Outcome, isProved) switch
        {
            (PacketOutcome.Accept, true) => ProbeVerdict.Good("accepted"),
            (PacketOutcome.Accept, false) => ProbeVerdict.Bad("accepted without the server's own proof", "MS-CHAP2-Success is missing or wrong: who answers may not know the password (RFC 2759 section 5)."),
            (PacketOutcome.Challenge, _) => ProbeVerdict.Good("the password is right, and a challenge follows"),
            _ => ProbeVerdict.Weak("rejected", "The password is wrong, or the server cannot check it by this method: CHAP and MS-CHAPv2 need it in the clear, or as its NT hash."),
        };
    });

    private static async Task<ProbeVerdict> SignedAsync(Prober prober, bool isUser, string outcome, CancellationToken cancellationToken)
    {
        if (isUser && !prober.HasUser)
        {
            return ProbeVerdict.Unknown(prober.WhyNoUser);
        }

        var answer = await prober.AskAsync(prober.Encode(prober.Access(prober.Target.Method, isUser)), cancellationToken);
        if (answer.Outcome != outcome)
        {
            return ProbeVerdict.Unknown($"the answer was {answer.Outcome}, not {outcome}");
        }

        return answer switch
        {
            { IsSignedFirst: true } => ProbeVerdict.Good("Message-Authenticator is there, right, and first"),
            { IsSigned: true } => ProbeVerdict.Weak("Message-Authenticator is there and right, but not first", "First is where it makes the known attack hardest. A newer version of the server puts it there."),
            _ => ProbeVerdict.Weak(
                "no Message-Authenticator",
                "Such a reply can be forged by who sits between (BlastRADIUS), and a client that requires one drops it. Update the server or have it sign its replies; until then use RadSec, or a network that nobody else is on."),
        };
    }

    private static async Task<ProbeVerdict> UnsignedAsync(Prober prober, CancellationToken cancellationToken)
    {
        var request = prober.Encode(prober.Access(packet => packet.Attributes.RemoveAll(RadiusAttributeType.MessageAuthenticator)));
        var answer = await prober.ProvokeAsync(request, cancellationToken);
        return answer.IsSilence
            ? ProbeVerdict.Good("an Access-Request without one is dropped")
            : ProbeVerdict.Weak("an Access-Request without one is answered", "Forged requests cannot be told from real ones. Set the server to require it of this client (FreeRADIUS: require_message_authenticator = yes).");
    }
}
