using System.Net;
using System.Net.Sockets;
using System.Text;
using NacGateway.TestKit.Network;

namespace NacGateway.EndToEnd.Tests.Network;

/// <summary>Sites at every address of a namespace, on one port of both families. Each answers with the address that it was reached at and the Host field that came.</summary>
internal sealed class AddressSite : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener;
    private readonly Task _work;
    private int _requests;

    private AddressSite(Socket listener)
    {
        _listener = listener;
        _work = AcceptAsync();
    }

    /// <summary>Connections so far.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public static async Task<AddressSite> StartAsync(NetNamespace inside, int port)
    {
        var listener = await inside.InsideAsync(() =>
        {
            var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
            socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
            return socket;
        });
        listener.Listen();
        return new AddressSite(listener);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _work;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await _listener.AcceptAsync(_stop.Token);
                Interlocked.Increment(ref _requests);
                await AnswerAsync(connection);
            }
        }
        catch (Exception exception) when (_stop.IsCancellationRequested && exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Stopped.
        }
    }

    private async Task AnswerAsync(Socket connection)
    {
        await using var stream = new NetworkStream(connection);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var host = "";
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
        {
            if (line.StartsWith("Host: ", StringComparison.OrdinalIgnoreCase))
            {
                host = line["Host: ".Length..];
            }
        }

        var address = ((IPEndPoint)connection.LocalEndPoint!).Address;
        var body = $"reached {(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)} as {host}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"), _stop.Token);
    }
}
