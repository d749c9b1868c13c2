using System.Text;
using NacGateway.Radius.Client;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;
using NacGateway.Radius.Transport;

namespace NacGateway.Harness.Sending;

/// <summary>Asks over RadSec by the client that the gateway uses. All askers of a run share it, and so its connection.</summary>
/// <param name="client">The client; not owned.</param>
/// <param name="limit">How long a request may take.</param>
internal sealed class TlsAsker(RadiusClient client, TimeSpan limit) : IAsker
{
    public string Peer => $"{client.Server.EndPoint} (TLS)";

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public async Task<SendStep> AskAsync(IOutgoing request, CancellationToken cancellationToken)
    {
        var secret = client.Server.Secret.ToArray();
        var result = await client.ExchangeAsync(request.Code, (packet, _) => request.Fill(packet, secret), limit, cancellationToken);
        return new SendStep
        {
            Peer = Peer,
            Secret = secret,
            Request = request,
            Sent = OnTheWire(request, result.Request, secret),
            Reply = result.Reply,
            Status = result.Status,
            Sends = result.Sends,
            Elapsed = result.Elapsed,
            Problem = Options(result.Problem),
            IsTls = true,
            Drops = Enum.GetValues<DropReason>().Where(reason => client.Drops[reason] != 0).ToDictionary(reason => reason, reason => client.Drops[reason]),
        };
    }

    /// <summary>The client hands back what it composed; the signature is put in while it sends. What was never sent is shown as it would have been.</summary>
    private static RadiusPacket OnTheWire(IOutgoing request, RadiusPacket? composed, byte[] secret)
    {
        if (composed is { Version: RadiusVersion.Radius11 })
        {
            return composed;
        }

        byte[] octets;
        if (composed is null)
        {
            octets = UdpAsker.Compose(request, 1, secret);
        }
        else
        {
            octets = new byte[composed.EncodedLength];
            composed.WriteTo(octets);
            Authenticators.SignRequest(octets, secret);
        }

        return RadiusPacket.TryParse(octets, out var sent, out _) ? sent : throw new InvalidOperationException("What was composed here is well formed.");
    }

    /// <summary>The library names settings; here they are options.</summary>
    public static string? Options(string? problem) => problem is null ? null : new StringBuilder(problem)
        .Replace("TrustedCertificatesFile", "--tls-ca")
        .Replace("CertificateFile", "--tls-cert")
        .Replace("PinnedCertificate", "--tls-pin")
        .Replace("ServerName", "--tls-name")
        .Replace("Host and TlsPort", "--server")
        .Replace(nameof(RadSecClientSettings.Versions), "--tls-version")
        .ToString();
}
