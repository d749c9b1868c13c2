using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace NacGateway.Web.Tests.Admin.Radius;

/// <summary>A RADIUS server of few octets that answers each request by an Access-Reject in a way that must not be believed.</summary>
internal sealed class OddRadiusServer : IAsyncDisposable
{
    public const string Secret = "a secret of the odd server";

    private const int Header = 20;
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly bool _isUnsigned;
    private readonly Task _serving;

    /// <param name="isUnsigned">Whether the reply is authentic but lacks Message-Authenticator; otherwise its authenticator is made with another secret.</param>
    public OddRadiusServer(bool isUnsigned)
    {
        _isUnsigned = isUnsigned;
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var request = await _socket.ReceiveAsync();
                await _socket.SendAsync(Reply(request.Buffer), request.RemoteEndPoint);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    // RFC 2865 section 3: MD5 over code, identifier, length, the request's authenticator, attributes (none here) and the secret.
    private byte[] Reply(byte[] request)
    {
        byte[] reply = [3, request[1], 0, Header, .. request[4..Header]];
        var secret = _isUnsigned ? Secret : "quite another secret";
#pragma warning disable CA5351 // RADIUS has no other.
        MD5.HashData([.. reply, .. Encoding.UTF8.GetBytes(secret)]).CopyTo(reply, 4);
#pragma warning restore CA5351
        return reply;
    }
}
