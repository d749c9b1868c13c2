using System.Globalization;
using System.Net;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Probing;

/// <summary>Status-Server on both ports (RFC 5997).</summary>
internal static class StatusQuestions
{
    private const string Rule = "RFC 5997";

    public static IReadOnlyList<ProbeQuestion> All { get; } =
    [
        new("status-auth", "Answers Status-Server on the port for authentication", Rule, false, (prober, token) => AskAsync(prober, prober.Target.Authentication, token)),
        new("status-acct", "Answers Status-Server on the port for accounting", Rule, false, (prober, token) => AskAsync(prober, prober.Target.Accounting, token)),
        new("status-unsigned", "Drops Status-Server without Message-Authenticator", Rule + " section 3", true, UnsignedAsync),
    ];

    private static async Task<ProbeVerdict> AskAsync(Prober prober, IPEndPoint? server, CancellationToken cancellationToken)
    {
        if (server is null)
        {
            return ProbeVerdict.Unknown("not asked");
        }

        var answer = await prober.AskAsync(prober.Encode(Prober.Status()), cancellationToken, server);
        return answer.Packet?.Code switch
        {
            RadiusCode.AccessAccept or RadiusCode.AccountingResponse => ProbeVerdict.Good(string.Create(
                CultureInfo.InvariantCulture, $"{Radius.Dictionary.PacketPrinter.CodeName(answer.Packet.Code)} after {answer.Elapsed.TotalMilliseconds:0.0} ms{(answer.IsSigned ? ", signed" : ", without Message-Authenticator")}")),
            null when answer.IsRefused => ProbeVerdict.Weak("the port refuses", "Nobody listens there. Give --acct-port, or --acct-port 0 when the server does no accounting."),
            null => ProbeVerdict.Weak(
                "no answer",
                "Its clients cannot ask whether it is alive without asking for a user. Switch it on at the server (FreeRADIUS: security { status_server = yes }), and do not switch it on at clients before."),
            _ => ProbeVerdict.Bad($"an answer that is none ({answer.Outcome})", "Only Access-Accept and Accounting-Response answer Status-Server."),
        };
    }

    private static async Task<ProbeVerdict> UnsignedAsync(Prober prober, CancellationToken cancellationToken)
    {
        var request = prober.Encode(Prober.Status(packet => packet.Attributes.RemoveAll(RadiusAttributeType.MessageAuthenticator)));
        var answer = await prober.ProvokeAsync(request, cancellationToken);
        return answer.IsSilence
            ? ProbeVerdict.Good("silence")
            : ProbeVerdict.Bad("an answer", "Anybody who can write this client's address into a packet gets answers out of the server.");
    }
}
