using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>A server behind the gate that keeps every octet of what reaches it. Unless told otherwise it answers 200 with the request as it saw it.</summary>
internal sealed class RawOrigin : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _served = [];
    private readonly Func<RawConnection, CancellationToken, Task> _serve;
    private readonly Task _accepting;
    private int _connections;

    public RawOrigin(Func<RawConnection, CancellationToken, Task>? serve = null)
    {
        _serve = serve ?? EchoAsync;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections that were ever opened to it.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Requests that came whole, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_served);
        _stop.Dispose();
    }

    /// <summary>Reads request after request and sends each back as a body.</summary>
    private async Task EchoAsync(RawConnection connection, CancellationToken cancellationToken)
    {
        while (await connection.ReadHeadAsync(cancellationToken) is { } head)
        {
            var request = head + await connection.ReadBodyAsync(head, cancellationToken);
            Requests.Enqueue(request);
            var body = head.StartsWith("HEAD ", StringComparison.Ordinal) ? "" : request;
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\nX-Origin: reached\r\nContent-Length: {request.Length}\r\n\r\n{body}", cancellationToken);
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _served.Add(ServeAsync(socket));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = new RawConnection(socket);
        try
        {
            await _serve(connection, _stop.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The gate has gone; what it did is read from its other side.
        }
    }
}
