using System.Net;
using System.Net.Sockets;
using System.Text;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Tests.Harness;

/// <summary>A server that answers every datagram as if it were a good request: what no server may be.</summary>
internal sealed class GullibleServer : IDisposable
{
    public const string Secret = "a secret that it does not use";

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _run;

    public GullibleServer()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _run = RunAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public void Dispose()
    {
        _end.Cancel();
        _run.GetAwaiter().GetResult();
        _socket.Dispose();
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        var buffer = new byte[8192];
        try
        {
            while (true)
            {
                var got = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _end.Token);
                var octets = new byte[RadiusPacket.HeaderLength];
                new RadiusPacket(RadiusCode.AccessAccept, buffer[1]).WriteTo(octets);
                Authenticators.SignReply(octets, buffer.AsSpan(4, RadiusPacket.AuthenticatorLength), Encoding.UTF8.GetBytes(Secret));
                await _socket.SendToAsync(octets, SocketFlags.None, got.RemoteEndPoint, _end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
