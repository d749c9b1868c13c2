using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using NacGateway.TestKit.Network;

namespace NacGateway.Benchmarks.Kernel;

/// <summary>A device that tries the far side's echo with a datagram each millisecond. For one thread at a time.</summary>
internal sealed class EchoProbe : IDisposable
{
    private const int BetweenMicroseconds = 1_000;

    private readonly Socket _socket;
    private readonly IPEndPoint _far;
    private int _sent;

    private EchoProbe(Socket socket, IPEndPoint far) => (_socket, _far) = (socket, far);

    public static async Task<EchoProbe> OpenAsync(NetNamespace device, IPEndPoint far) =>
        new(await device.InsideAsync(() => new Socket(far.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false }), far);

    /// <summary>Tries until an echo comes, on a thread of its own. Returns when it came, on the clock's own scale.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public Task<long> FirstEchoAsync(TimeSpan atMost) => OnThreadAsync(() =>
    {
        var time = TimeProvider.System;
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < atMost)
        {
            if (Try(BetweenMicroseconds))
            {
                return time.GetTimestamp();
            }
        }

        throw new TimeoutException($"The far side was not reached within {atMost.TotalSeconds} s.");
    });

    /// <summary>Tries until no echo has come for a while, on a thread of its own.</summary>
    /// <exception cref="TimeoutException">They kept coming.</exception>
    public Task SilenceAsync(TimeSpan atMost) => OnThreadAsync(() =>
    {
        const int LongEnough = 100;
        var time = TimeProvider.System;
        var began = time.GetTimestamp();
        for (var silent = 0; silent < LongEnough; silent = Try(BetweenMicroseconds) ? 0 : silent + 1)
        {
            if (time.GetElapsedTime(began) >= atMost)
            {
                throw new TimeoutException($"The far side is still reached {atMost.TotalSeconds} s after the sign-out.");
            }
        }

        return 0L;
    });

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends one, and waits for so long for an echo of any.</summary>
    private bool Try(int microseconds)
    {
        Span<byte> datagram = stackalloc byte[64];
        BinaryPrimitives.WriteInt32BigEndian(datagram, _sent++);
        _socket.SendTo(datagram, _far);
        var heard = _socket.Poll(microseconds, SelectMode.SelectRead);
        for (EndPoint from = new IPEndPoint(IPAddress.Any, 0); _socket.Available > 0;)
        {
            _socket.ReceiveFrom(datagram, ref from);
        }

        return heard;
    }

    private static Task<long> OnThreadAsync(Func<long> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
