using System.Net;
using System.Net.Sockets;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Tests.Client;

/// <summary>A server's socket under the hand of a test: it reads requests and sends whatever octets it is told to, from where it is told to.</summary>
internal sealed class Responder : IDisposable
{
    public static readonly byte[] Secret = "a secret of the tests"u8.ToArray();
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public Responder(IPEndPoint? at = null)
    {
        _socket.ReceiveBufferSize = 4 << 20;
        _socket.Bind(at ?? new IPEndPoint(IPAddress.Loopback, 0));
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public RadiusServerSettings Settings(string name = "main", int priority = 0, bool requireMessageAuthenticator = true) => new()
    {
        Name = name,
        EndPoint = EndPoint,
        Secret = Secret,
        Priority = priority,
        RequireMessageAuthenticator = requireMessageAuthenticator,
    };

    public static void Fill(RadiusPacket request, RadiusServerSettings server) => FillFor("alice")(request, server);

    public static RadiusRequestTemplate FillFor(string user) => (request, _) =>
    {
        request.Attributes.Reserve(RadiusAttributeType.MessageAuthenticator, 16);
        request.UserName = user;
    };

    public async Task<(RadiusPacket Request, IPEndPoint From)> ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        var got = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), cancellationToken);
        Xunit.Assert.True(RadiusPacket.TryParse(buffer.AsSpan(0, got.ReceivedBytes), out var request, out _));
        return (request, (IPEndPoint)got.RemoteEndPoint);
    }

    public Task SendAsync(byte[] octets, IPEndPoint to, CancellationToken cancellationToken) => _socket.SendToAsync(octets, SocketFlags.None, to, cancellationToken).AsTask();

    public static byte[] Reply(RadiusPacket request, RadiusCode code = RadiusCode.AccessAccept, bool signed = true, byte[]? secret = null, string? message = null, bool last = false)
    {
        var reply = new RadiusPacket(code, request.Identifier);
        if (signed && !last)
        {
            reply.Attributes.Reserve(RadiusAttributeType.MessageAuthenticator, 16);
        }

        reply.Attributes.Add(RadiusAttributeType.ReplyMessage, System.Text.Encoding.UTF8.GetBytes(message ?? request.UserName ?? "none"));
        if (signed && last)
        {
            reply.Attributes.Reserve(RadiusAttributeType.MessageAuthenticator, 16);
        }

        var octets = new byte[reply.EncodedLength];
        reply.WriteTo(octets);
        Authenticators.SignReply(octets, request.Authenticator, secret ?? Secret);
        return octets;
    }

    public void Dispose() => _socket.Dispose();
}
