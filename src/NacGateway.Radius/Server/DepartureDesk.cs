using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace NacGateway.Radius.Server;

/// <summary>
/// Sends planned datagrams when their time has come. Bounded: what would have to wait when too many wait is lost, as in a router whose
/// queue is full. Safe for concurrent use.
/// </summary>
internal sealed partial class DepartureDesk(Socket socket, TimeProvider time, ILogger logger) : IDisposable
{
    private const int MaxWaiting = 4096;
    private static readonly TimeSpan s_longestHold = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<Held> _held = [];
    private readonly CancellationTokenSource _stopping = new();
    private Socket? _other;
    private int _waiting;

    /// <summary>Sends what need not wait, in order, and sees to the rest.</summary>
    public async Task SendAsync(IReadOnlyList<Departure> departures, SocketAddress remote)
    {
        foreach (Departure departure in departures)
        {
            if (departure is { AfterNext: false, Delay.Ticks: 0 })
            {
                await SendNowAsync(departure, remote).ConfigureAwait(false);
                await ReleaseAsync().ConfigureAwait(false);
            }
            else if (Interlocked.Increment(ref _waiting) <= MaxWaiting)
            {
                _ = WaitAsync(departure, remote);
            }
            else
            {
                Interlocked.Decrement(ref _waiting);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Cancel();
        lock (_lock)
        {
            _other?.Dispose();
        }
    }

    private async Task WaitAsync(Departure departure, SocketAddress remote)
    {
        try
        {
            if (departure.Delay > TimeSpan.Zero)
            {
                await Task.Delay(departure.Delay, time, _stopping.Token).ConfigureAwait(false);
            }

            if (departure.AfterNext)
            {
                var held = new Held(departure, remote);
                lock (_lock)
                {
                    _held.Enqueue(held);
                }

                await Task.Delay(s_longestHold, time, _stopping.Token).ConfigureAwait(false);
                await SendHeldAsync(held).ConfigureAwait(false);
                return;
            }

            await SendNowAsync(departure, remote).ConfigureAwait(false);
            await ReleaseAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The server is gone, and with it what it had not said yet.
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task ReleaseAsync()
    {
        while (true)
        {
            Held? held;
            lock (_lock)
            {
                if (!_held.TryDequeue(out held))
                {
                    return;
                }
            }

            await SendHeldAsync(held).ConfigureAwait(false);
        }
    }

    private Task SendHeldAsync(Held held) => held.TryRelease() ? SendNowAsync(held.Departure, held.Remote) : Task.CompletedTask;

    private async Task SendNowAsync(Departure departure, SocketAddress remote)
    {
        try
        {
            await (departure.FromOtherPort ? Other() : socket).SendToAsync(departure.Octets, SocketFlags.None, remote, _stopping.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Log.NotSent(logger, error);
        }
    }

    private Socket Other()
    {
        lock (_lock)
        {
            if (_other is null)
            {
                var own = (IPEndPoint)socket.LocalEndPoint!;
                _other = new Socket(socket.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                if (own.Address.Equals(IPAddress.IPv6Any))
                {
                    _other.DualMode = true;
                }

                _other.Bind(new IPEndPoint(own.Address, 0));
            }

            return _other;
        }
    }

    private sealed class Held(Departure departure, SocketAddress remote)
    {
        private int _released;

        public Departure Departure => departure;

        public SocketAddress Remote => remote;

        public bool TryRelease() => Interlocked.Exchange(ref _released, 1) == 0;
    }

    private static partial class Log
    {
        [LoggerMessage(1104, LogLevel.Debug, "A planned datagram could not be sent")]
        public static partial void NotSent(ILogger logger, Exception exception);
    }
}
