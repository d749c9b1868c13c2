using System.Net;
using System.Net.Sockets;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Transport;

namespace NacGateway.Radius.Client;

/// <summary>
/// One source port towards one server, and its 256 Identifiers. The socket is connected, so that the kernel passes on nothing from
/// another address or port (RFC 2865 section 3). Safe for concurrent use.
/// </summary>
internal sealed class ClientSocket : IAsyncDisposable
{
    /// <summary>Identifiers of one source port (RFC 2865 section 3: one octet).</summary>
    public const int Identifiers = 256;

    private readonly Func<Socket> _open;
    private readonly DropCounter _drops;
    private readonly ServerMonitor _monitor;
    private readonly CancellationTokenSource _stop = new();
    private readonly PendingRequest?[] _pending = new PendingRequest?[Identifiers];
    private readonly long[] _freeFrom = new long[Identifiers];
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Task _receiving;
    private volatile Socket _socket;
    private int _next;

    /// <summary>Opens the socket, and listens.</summary>
    /// <param name="open">Makes a socket that is connected to the server (<see cref="Open"/>); asked again when one has become useless.</param>
    /// <param name="monitor">Is told of refusals, late answers and what is not believed.</param>
    /// <param name="time">Clock of the Identifiers.</param>
    /// <exception cref="SocketException">There is no socket or no way to the server.</exception>
    public ClientSocket(Func<Socket> open, ServerMonitor monitor, TimeProvider time)
    {
        _open = open;
        _drops = monitor.Drops;
        _monitor = monitor;
        _time = time;
        Array.Fill(_freeFrom, long.MinValue);
        _socket = open();
        _receiving = ReceiveAsync();
    }

    /// <summary>
    /// How long an Identifier stays unused after a request that more answers may come to: a late one must not meet the next request,
    /// whose authenticator it would fail on and be counted as a forgery of.
    /// </summary>
    private static TimeSpan Quarantine { get; } = TimeSpan.FromSeconds(5);

    /// <summary>The same where one datagram was sent and its answer came: only the network can still repeat that. Longer would bound the requests in a second.</summary>
    private static TimeSpan ShortQuarantine { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A socket that is connected to a server.</summary>
    /// <exception cref="SocketException">There is none, or no way to the server.</exception>
    public static Socket Open(IPEndPoint server)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            // Room for a burst of forgeries beside the answers; the kernel gives less where its own bound is lower.
            socket.ReceiveBufferSize = 1 << 20;
            socket.Connect(server);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Takes an Identifier that nothing waits on.</summary>
    public bool TryTake(out byte identifier)
    {
        lock (_lock)
        {
            long now = _time.GetTimestamp();
            for (int tried = 0; tried < Identifiers; tried++)
            {
                int candidate = _next;
                _next = (_next + 1) % Identifiers;
                if (_freeFrom[candidate] <= now)
                {
                    _freeFrom[candidate] = long.MaxValue;
                    identifier = (byte)candidate;
                    return true;
                }
            }
        }

        identifier = 0;
        return false;
    }

    public void Expect(byte identifier, PendingRequest request) => Volatile.Write(ref _pending[identifier], request);

    /// <summary>Gives an Identifier back.</summary>
    /// <param name="identifier">The Identifier.</param>
    /// <param name="settled">Whether one datagram was sent and answered.</param>
    public void Release(byte identifier, bool settled)
    {
        // A request that was given up stays in its place until the Identifier is used again: its late answer is a sign of life.
        if (Volatile.Read(ref _pending[identifier]) is { } request && !request.TryGiveUp())
        {
            Volatile.Write(ref _pending[identifier], null);
        }

        TimeSpan unused = settled ? ShortQuarantine : Quarantine;
        lock (_lock)
        {
            _freeFrom[identifier] = _time.GetTimestamp() + (long)(unused.TotalSeconds * _time.TimestampFrequency);
        }
    }

    /// <summary>Sends once.</summary>
    /// <returns>False when the network says that nobody is there.</returns>
    public async ValueTask<bool> TrySendAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken)
    {
        Socket socket = _socket;
        for (int tries = 0; tries < 2; tries++)
        {
            SocketError error = await SendAsync(socket, datagram, cancellationToken).ConfigureAwait(false);
            if (error == SocketError.Success)
            {
                return true;
            }

            // The kernel reports here what an earlier datagram met, and has not sent this one: hence twice. But a socket keeps the
            // address that this machine had when it was connected; after a change of that it fails each time, and another does not.
            if (tries == 1 && error != SocketError.ConnectionRefused && Replace(socket) is { } other)
            {
                return await SendAsync(other, datagram, cancellationToken).ConfigureAwait(false) == SocketError.Success;
            }
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        lock (_lock)
        {
            _socket.Dispose();
        }

        await _receiving.ConfigureAwait(false);
        _stop.Dispose();
    }

    private static async ValueTask<SocketError> SendAsync(Socket socket, ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(datagram, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            return SocketError.Success;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode;
        }
        catch (ObjectDisposedException)
        {
            // Another request has replaced it, or all is over.
            return SocketError.OperationAborted;
        }
    }

    /// <summary>Puts another socket in the place of one that cannot send, with the same Identifiers: what waits on them is sent again from there.</summary>
    /// <returns>The socket to use; null when there is none to be had.</returns>
    private Socket? Replace(Socket useless)
    {
        lock (_lock)
        {
            if (_stop.IsCancellationRequested)
            {
                return null;
            }

            if (_socket != useless)
            {
                return _socket;
            }

            try
            {
                _socket = _open();
            }
            catch (SocketException)
            {
                // There is no way to the server now. It stays until there is one.
                return null;
            }

            useless.Dispose();
            return _socket;
        }
    }

    private async Task ReceiveAsync()
    {
        // One octet more than a packet may have: what fills it was longer and is no packet.
        byte[] buffer = GC.AllocateUninitializedArray<byte>(RadiusPacket.MaxLength + 1);
        while (!_stop.IsCancellationRequested)
        {
            int length;
            Socket socket = _socket;
            try
            {
                length = await socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, _stop.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException && socket != _socket)
            {
                // It was replaced.
                continue;
            }
            catch (SocketException)
            {
                Refused();
                continue;
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                break;
            }

            Accept(buffer.AsSpan(0, length));
        }

        foreach (PendingRequest? waiting in _pending)
        {
            waiting?.Unreachable();
        }
    }

    /// <summary>ICMP port or host unreachable for something sent from this port; which datagram it was about is not said.</summary>
    private void Refused()
    {
        bool concerned = false;
        foreach (PendingRequest? waiting in _pending)
        {
            if (waiting is { Reply.IsCompleted: false })
            {
                waiting.Refused();
                concerned = true;
            }
        }

        if (concerned)
        {
            _monitor.Refused();
        }
    }

    private void Accept(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < RadiusPacket.HeaderLength)
        {
            _drops.Add(DropReason.Malformed);
        }
        else if (Volatile.Read(ref _pending[datagram[1]]) is not { } request)
        {
            _drops.Add(DropReason.UnknownIdentifier);
        }
        else if (request.Offer(datagram) is { } reason)
        {
            _drops.Add(reason);
            if (reason == DropReason.Late)
            {
                _monitor.AnsweredLate();
            }
        }
    }
}
