using System.Net;
using System.Net.Sockets;

namespace NacGateway.TestKit.Network;

/// <summary>Says back what it hears, by TCP and UDP, IPv4 and IPv6, on one port inside a namespace.</summary>
public sealed class EchoServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _tcp;
    private readonly Socket _udp;
    private readonly Task _work;
    private long _received;

    private EchoServer(Socket tcp, Socket udp)
    {
        (_tcp, _udp) = (tcp, udp);
        _work = Task.WhenAll(AcceptAsync(), AnswerDatagramsAsync());
    }

    /// <summary>Where it listens, in every address of the namespace.</summary>
    public int Port => ((IPEndPoint)_tcp.LocalEndPoint!).Port;

    /// <summary>Octets heard so far.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Opens both sockets; a port of the namespace's own choice may be asked for by number, because nobody else is there.</summary>
    public static async Task<EchoServer> StartAsync(NetNamespace inside, int port)
    {
        var tcp = await inside.InsideAsync(() => Bind(SocketType.Stream, ProtocolType.Tcp, port));
        tcp.Listen(512);
        try
        {
            return new EchoServer(tcp, await inside.InsideAsync(() => Bind(SocketType.Dgram, ProtocolType.Udp, ((IPEndPoint)tcp.LocalEndPoint!).Port)));
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _tcp.Dispose();
        _udp.Dispose();
        await _work;
        _stop.Dispose();
    }

    private static Socket Bind(SocketType type, ProtocolType protocol, int port)
    {
        var socket = new Socket(AddressFamily.InterNetworkV6, type, protocol) { DualMode = true };
        socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
        return socket;
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(EchoAsync(await _tcp.AcceptAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (Ends(e))
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task EchoAsync(Socket connection)
    {
        var buffer = new byte[65_536];
        try
        {
            for (int count; (count = await connection.ReceiveAsync(buffer, _stop.Token)) > 0;)
            {
                Interlocked.Add(ref _received, count);
                for (var sent = 0; sent < count;)
                {
                    sent += await connection.SendAsync(buffer.AsMemory(sent, count - sent), _stop.Token);
                }
            }
        }
        catch (Exception e) when (e is SocketException || Ends(e))
        {
            // The other side went away, or was cut off, which is what the tests are about; or the server ends.
        }
        finally
        {
            connection.Dispose();
        }
    }

    private async Task AnswerDatagramsAsync()
    {
        var buffer = new byte[65_536];
        while (true)
        {
            try
            {
                var heard = await _udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.IPv6Any, 0), _stop.Token);
                Interlocked.Add(ref _received, heard.ReceivedBytes);
                await _udp.SendToAsync(buffer.AsMemory(0, heard.ReceivedBytes), heard.RemoteEndPoint, _stop.Token);
            }
            catch (Exception e) when (Ends(e))
            {
                return;
            }
            catch (SocketException)
            {
                // An ICMP error about an answer before this one; the next datagram is another matter.
            }
        }
    }

    private bool Ends(Exception e) => _stop.IsCancellationRequested && (e is OperationCanceledException or ObjectDisposedException or SocketException);
}
