using System.Net.Sockets;

namespace NacGateway.Web.Observability.Syslog;

/// <summary>A datagram for each message (RFC 5426).</summary>
internal sealed class DatagramLink(Socket socket) : ISyslogLink
{
    public bool IsBroken => false;

    public async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(message, SocketFlags.None, cancellationToken);
        }
        catch (SocketException exception)
        {
            // The answer to an earlier datagram: nobody listens there.
            throw new IOException(exception.Message, exception);
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
