using System.Security.Cryptography;
using NacGateway.Harness.Sending;

namespace NacGateway.Harness.Probing;

/// <summary>Retransmissions and Identifiers that are used again (RFC 5080 section 2.2.2).</summary>
internal static class DuplicateQuestions
{
    private const string Rule = "RFC 5080 section 2.2.2";
    private const int Retransmissions = 3;

    public static IReadOnlyList<ProbeQuestion> All { get; } =
    [
        new("duplicate", "Answers a retransmission with the same octets", Rule, true, RepeatAsync),
        new("new-request", "Takes an Identifier used again for a new request", Rule, true, ReuseAsync),
    ];

    private static async Task<ProbeVerdict> RepeatAsync(Prober prober, CancellationToken cancellationToken)
    {
        using var port = prober.Open();
        var request = prober.Encode(prober.Access());
        var first = await prober.AskAsync(port, request, prober.Target.Timeout, 1, cancellationToken);

        // More than once: a server may have sent its answer and not be done with the request yet, and drops what comes within that moment.
        var second = await prober.AskAsync(port, request, prober.Target.Timeout, Retransmissions, cancellationToken);
        return (first.Octets, second.Octets) switch
        {
            (null, _) => ProbeVerdict.Unknown("the first one was not answered"),
            (_, null) => ProbeVerdict.Bad("the second one is not answered", "An answer that is lost on the way is lost for good: the server keeps none for retransmissions."),
            _ when first.Octets.AsSpan().SequenceEqual(second.Octets) => ProbeVerdict.Good("the same octets"),
            _ => ProbeVerdict.Weak("another answer", "The server does the work again for each retransmission; a challenge or a one-time code then fails when an answer is lost."),
        };
    }

    private static async Task<ProbeVerdict> ReuseAsync(Prober prober, CancellationToken cancellationToken)
    {
        using var port = prober.Open();
        var first = prober.Encode(prober.Access());
        var answer = await prober.AskAsync(port, first, prober.Target.Timeout, 1, cancellationToken);
        if (answer.Packet is null)
        {
            return ProbeVerdict.Unknown("the first one was not answered");
        }

        // The same port and Identifier, another Request Authenticator: a new request, not a retransmission.
        var second = UdpAsker.Compose(prober.Access(packet => packet.Attributes.Add(Radius.Attributes.RadiusAttributeType.NasPortId, RandomNumberGenerator.GetBytes(8))), first[1], prober.Target.Secret);
        var fresh = await prober.AskAsync(port, second, prober.Target.Timeout, 1, cancellationToken);
        return fresh switch
        {
            { Packet: not null } => ProbeVerdict.Good("an answer of its own"),
            { IsSilence: true } => ProbeVerdict.Bad("no answer", "The server looks at the Identifier alone: after 256 requests, a busy client waits in vain."),
            _ => ProbeVerdict.Bad("the answer to the request before", "The server looks at the Identifier alone and gives one user's answer to another request."),
        };
    }
}
