using System.Net;
using System.Net.Sockets;
using NacGateway.TestKit.Network;

namespace NacGateway.EndToEnd.Tests.Network;

/// <summary>Sends to whoever connects for as long as it is heard, as fast as the network takes it.</summary>
internal sealed class Faucet : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener;
    private readonly Task _work;

    private Faucet(Socket listener)
    {
        _listener = listener;
        _work = RunAsync();
    }

    public static async Task<Faucet> StartAsync(NetNamespace inside, int port)
    {
        var listener = await inside.InsideAsync(() =>
        {
            var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
            socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
            return socket;
        });
        listener.Listen();
        return new Faucet(listener);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _work;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            using var connection = await _listener.AcceptAsync(_stop.Token);
            var piece = new byte[65_536];
            while (true)
            {
                await connection.SendAsync(piece, _stop.Token);
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever listened has heard enough.
        }
    }
}
