using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace NacGateway.TestKit;

/// <summary>Stands between a RADIUS client and its server and may change, or drop, what the server says.</summary>
public sealed class DatagramRelay : IAsyncDisposable
{
    private readonly Socket _front = NewSocket();
    private readonly CancellationTokenSource _end = new();
    private readonly Func<byte[], byte[]?> _change;
    private readonly IPEndPoint _server;
    private readonly Task _run;
    private int _received;

    /// <summary>Starts relaying on a free loopback port.</summary>
    /// <param name="server">Where requests go.</param>
    /// <param name="change">Gets each reply and returns what the client gets instead; null drops it.</param>
    public DatagramRelay(IPEndPoint server, Func<byte[], byte[]?> change)
    {
        (_server, _change) = (server, change);
        _run = RunAsync();
    }

    /// <summary>Where clients send to.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_front.LocalEndPoint!;

    /// <summary>What they were.</summary>
    public ConcurrentQueue<byte[]> Requests { get; } = [];

    /// <summary>Datagrams that clients have sent.</summary>
    public int Received => Volatile.Read(ref _received);

    /// <summary>A change that makes a reply what a server with another shared secret would send: its Response Authenticator is another.</summary>
    public static byte[] WrongAuthenticator(byte[] reply)
    {
        reply[4] ^= 0x01;
        return reply;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _run;
        _front.Dispose();
        _end.Dispose();
    }

    private static Socket NewSocket()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private async Task RunAsync()
    {
        List<Task> exchanges = [];
        try
        {
            var buffer = new byte[4096];
            while (true)
            {
                var got = await _front.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _end.Token);
                Interlocked.Increment(ref _received);
                Requests.Enqueue(buffer[..got.ReceivedBytes]);
                exchanges.Add(ExchangeAsync(buffer[..got.ReceivedBytes], got.RemoteEndPoint));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(exchanges);
        }
    }

    private async Task ExchangeAsync(byte[] request, EndPoint client)
    {
        using var back = NewSocket();
        try
        {
            await back.SendToAsync(request, SocketFlags.None, _server, _end.Token);
            var buffer = new byte[4096];
            var got = await back.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _end.Token);
            if (_change(buffer[..got.ReceivedBytes]) is { } reply)
            {
                await _front.SendToAsync(reply, SocketFlags.None, client, _end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
