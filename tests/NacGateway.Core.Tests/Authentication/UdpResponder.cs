using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Tests.Authentication;

/// <summary>A RADIUS server of one line: what the test's function answers is signed with the secret and sent. Retransmissions are answered again.</summary>
internal sealed class UdpResponder : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<RadiusPacket, RadiusPacket?> _answer;
    private readonly byte[] _secret;
    private readonly Task _loop;

    public UdpResponder(Func<RadiusPacket, RadiusPacket?> answer, string secret = Gateways.Secret)
    {
        _answer = answer;
        _secret = Encoding.UTF8.GetBytes(secret);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _loop = RunAsync();
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>What came, in order.</summary>
    public ConcurrentQueue<RadiusPacket> Requests { get; } = [];

    public ReadOnlySpan<byte> Secret => _secret;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        _socket.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var buffer = new byte[RadiusPacket.MaxLength];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stopping.Token);
                if (!RadiusPacket.TryParse(buffer.AsSpan(0, received.ReceivedBytes), out var request, out _))
                {
                    continue;
                }

                Requests.Enqueue(request);
                if (_answer(request) is { } reply)
                {
                    reply.Identifier = request.Identifier;
                    var octets = new byte[reply.EncodedLength];
                    reply.WriteTo(octets);
                    Authenticators.SignReply(octets, request.Authenticator, _secret);
                    await _socket.SendToAsync(octets, received.RemoteEndPoint, _stopping.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
