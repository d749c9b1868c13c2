using System.Net;
using System.Security.Cryptography;
using NacGateway.Radius.Client;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Sending;

/// <summary>
/// Asks over UDP from a port of its own. Unlike the gateway's client it sends with a given Identifier and from a given port, and as often
/// as it is told to.
/// </summary>
internal sealed class UdpAsker : IAsker
{
    private readonly RadiusServerSettings _server;
    private readonly SendTiming _timing;
    private readonly DatagramPort _port;
    private byte _next;

    /// <exception cref="UsageException">The source address cannot be used.</exception>
    public UdpAsker(RadiusServerSettings server, SendTiming timing, IPEndPoint? source, byte? identifier)
    {
        (_server, _timing) = (server, timing);
        _port = DatagramPort.Open(server.EndPoint, source);
        _next = identifier ?? RandomNumberGenerator.GetBytes(1)[0];
    }

    public string Peer => _server.EndPoint.ToString();

    public ValueTask DisposeAsync()
    {
        _port.Dispose();
        return ValueTask.CompletedTask;
    }

    public async Task<SendStep> AskAsync(IOutgoing request, CancellationToken cancellationToken)
    {
        var secret = _server.Secret.ToArray();
        var started = TimeProvider.System.GetTimestamp();
        var sent = new List<byte[]> { Compose(request, secret) };
        var judge = new ReplyJudge(_server, sent);
        var sends = 0;
        using var waits = _timing.Waits().GetEnumerator();
        while (true)
        {
            sends++;
            var left = _timing.Limit - TimeProvider.System.GetElapsedTime(started);
            var isLast = !waits.MoveNext() || waits.Current >= left;
            var heard = await _port.TrySendAsync(sent[^1], cancellationToken)
                ? await HearAsync(judge, isLast ? left : waits.Current, cancellationToken)
                : ExchangeStatus.Unreachable;
            if (heard is not null || isLast)
            {
                return judge.Conclude(request, heard, sends, TimeProvider.System.GetElapsedTime(started));
            }

            if (request.Code == RadiusCode.StatusServer)
            {
                // A probe is never retransmitted: the next one has another Identifier and authenticator (RFC 5997 section 4.1).
                sent.Add(Compose(request, secret));
            }
        }
    }

    /// <summary>The octets of a request, signed.</summary>
    /// <exception cref="ArgumentException">The attributes do not fit a packet, or contradict each other.</exception>
    public static byte[] Compose(IOutgoing request, byte identifier, byte[] secret)
    {
        var packet = new RadiusPacket(request.Code, identifier);
        if (request.Code is RadiusCode.AccessRequest or RadiusCode.StatusServer)
        {
            RandomNumberGenerator.Fill(packet.Authenticator);
        }

        request.Fill(packet, secret);
        var octets = new byte[packet.EncodedLength];
        packet.WriteTo(octets);
        Authenticators.SignRequest(octets, secret);
        return octets;
    }

    private byte[] Compose(IOutgoing request, byte[] secret) => Compose(request, _next++, secret);

    private async Task<ExchangeStatus?> HearAsync(ReplyJudge judge, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var received = await _port.ReceiveAsync(limit - TimeProvider.System.GetElapsedTime(started), cancellationToken);
            if (received.IsRefused)
            {
                return ExchangeStatus.Unreachable;
            }

            if (received.Octets is null)
            {
                return null;
            }

            if (judge.Believes(received.Octets))
            {
                return ExchangeStatus.Answered;
            }
        }
    }
}
