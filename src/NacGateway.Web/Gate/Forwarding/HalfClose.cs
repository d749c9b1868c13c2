using Microsoft.AspNetCore.Connections;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>
/// Lets a client of a tunnel close its own direction and still read the answer. Kestrel takes the end of a client's octets for the end
/// of the connection and resets it; for HTTP that is right, inside a tunnel it is not.
/// </summary>
internal sealed class HalfClose
{
    private volatile bool _tunnel;

    /// <summary>The step in the listener, before HTTP.</summary>
    public static ConnectionDelegate Serve(ConnectionDelegate next) => connection => ServeAsync(next, connection);

    /// <summary>From here on the tunnel looks after both directions itself.</summary>
    public void EnterTunnel() => _tunnel = true;

    private static async Task ServeAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        var mark = new HalfClose();
        connection.Features.Set(mark);
        using var closed = new CancellationTokenSource();
        var real = connection.ConnectionClosed;
        await using (real.UnsafeRegister(_ =>
        {
            if (!mark._tunnel)
            {
                closed.Cancel();
            }
        }, null))
        {
            connection.ConnectionClosed = closed.Token;
            try
            {
                await next(connection);
            }
            finally
            {
                connection.ConnectionClosed = real;
            }
        }
    }
}
