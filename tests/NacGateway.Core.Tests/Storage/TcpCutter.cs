using System.Net;
using System.Net.Sockets;

namespace NacGateway.Core.Tests.Storage;

/// <summary>
/// Carries connections to a server on a Unix socket. Once armed, the connection on which the client says the word is cut: the server
/// still gets the word and does what it says, and its answer goes nowhere.
/// </summary>
internal sealed class TcpCutter : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stopping = new();
    private readonly string _target;
    private readonly byte[] _word;
    private readonly List<Task> _running = [];
    private int _armed;

    public TcpCutter(string target, ReadOnlySpan<byte> word)
    {
        _target = target;
        _word = word.ToArray();
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _running.Add(AcceptAsync());
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public bool HasCut { get; private set; }

    public void Arm() => Volatile.Write(ref _armed, 1);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll(_running);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptAsync(_stopping.Token);
                _running.Add(CarryAsync(client));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        using var toClient = new NetworkStream(client, ownsSocket: true);
        var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await server.ConnectAsync(new UnixDomainSocketEndPoint(_target), _stopping.Token);
        using var toServer = new NetworkStream(server, ownsSocket: true);
        var answers = AnswersAsync(toServer, toClient, cut.Token);
        try
        {
            var buffer = new byte[65536];
            while (await toClient.ReadAsync(buffer, _stopping.Token) is var read and > 0)
            {
                var isCut = buffer.AsSpan(0, read).IndexOf(_word) >= 0 && Interlocked.Exchange(ref _armed, 0) == 1;
                if (isCut)
                {
                    // No answer may get through from here on.
                    await cut.CancelAsync();
                    await answers;
                }

                await toServer.WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
                if (isCut)
                {
                    // What the server says now is the answer that is lost; then it is certain to have done what it was asked for.
                    HasCut = await toServer.ReadAsync(buffer, _stopping.Token) > 0;
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The other end has gone.
        }
        finally
        {
            await cut.CancelAsync();
            await answers;
        }
    }

    private static async Task AnswersAsync(NetworkStream server, NetworkStream client, CancellationToken cancellationToken)
    {
        try
        {
            await server.CopyToAsync(client, cancellationToken);
            client.Socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
        {
            // Cut, or the other end has gone.
        }
    }
}
