using System.Globalization;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Client;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Probing;

/// <summary>The same server over TLS, where the caller has a certificate for it.</summary>
internal static class RadSecQuestions
{
    public static IReadOnlyList<ProbeQuestion> All { get; } = [new("radsec", "Answers over TLS (RadSec)", "RFC 6614, RFC 9765", false, AskAsync)];

    private static async Task<ProbeVerdict> AskAsync(Prober prober, CancellationToken cancellationToken)
    {
        if (prober.Target.RadSec is not { } settings)
        {
            return ProbeVerdict.Unknown("not asked: it takes --tls with a certificate");
        }

        await using var client = new RadiusClient(settings, TimeProvider.System, mostSockets: 1);
        var asker = new TlsAsker(client, prober.Target.Timeout);
        var status = await asker.AskAsync(Prober.Status(), cancellationToken);
        var step = status.Reply is null && status.Problem is null ? await asker.AskAsync(prober.Access(), cancellationToken) : status;
        if (step.Reply is not { } reply)
        {
            return ProbeVerdict.Weak($"no answer from {settings.EndPoint}", step.Problem ?? (step.Status == ExchangeStatus.Unreachable ? "Nobody listens there." : "The connection stands, and nothing is answered: the server may not know this certificate as a client's."));
        }

        return ProbeVerdict.Good(string.Create(
            CultureInfo.InvariantCulture,
            $"{PacketPrinter.CodeName(reply.Code)} as {(reply.Version == RadiusVersion.Radius11 ? "RADIUS/1.1" : "RADIUS/1.0")} after {step.Elapsed.TotalMilliseconds:0.0} ms, the handshake counted"));
    }
}
