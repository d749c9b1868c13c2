using System.Net;
using System.Net.Sockets;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Sending;

/// <summary>
/// One source port towards one server. The socket is connected, so that the kernel passes on nothing from elsewhere (RFC 2865 section 3).
/// For one exchange at a time.
/// </summary>
internal sealed class DatagramPort : IDisposable
{
    // One octet more than a packet may have, so that a longer one is seen to be longer.
    private readonly byte[] _buffer = new byte[RadiusPacket.MaxLength + 1];
    private readonly Socket _socket;

    private DatagramPort(Socket socket) => _socket = socket;

    /// <param name="server">Whom to ask.</param>
    /// <param name="source">Address and port to send from; null for what the system chooses.</param>
    /// <exception cref="UsageException">The source address is none of this machine, or the port is in use.</exception>
    public static DatagramPort Open(IPEndPoint server, IPEndPoint? source)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        try
        {
            if (source is not null)
            {
                socket.Bind(source);
            }

            socket.Connect(server);
            return new DatagramPort(socket);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new UsageException(
                source is null
                    ? $"--server: there is no way to {server} ({exception.Message}). Correct the address, or this machine's routes."
                    : $"--from: {source} cannot be used towards {server} ({exception.Message}). Give an address of this machine and of the same family, and a port that is free.",
                exception);
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends once.</summary>
    /// <returns>False when the network says that nobody is there.</returns>
    public async ValueTask<bool> TrySendAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        try
        {
            await _socket.SendAsync(octets, SocketFlags.None, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Waits for the next datagram.</summary>
    /// <returns>What came; of a time without one, and of a port that refuses, which it was.</returns>
    public async ValueTask<Received> ReceiveAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (limit <= TimeSpan.Zero)
        {
            return default;
        }

        using var timer = new CancellationTokenSource(limit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            var length = await _socket.ReceiveAsync(_buffer.AsMemory(), SocketFlags.None, either.Token);
            return new Received(_buffer[..length], false);
        }
        catch (SocketException)
        {
            // ICMP port or host unreachable.
            return new Received(null, true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return default;
        }
    }

    /// <summary>One wait on the port.</summary>
    /// <param name="Octets">The datagram; null when none came.</param>
    /// <param name="IsRefused">Whether the network said that nobody is there.</param>
    public readonly record struct Received(byte[]? Octets, bool IsRefused);
}
