using System.Net;
using System.Net.Sockets;
using NacGateway.TestKit.Network;

namespace NacGateway.Benchmarks.Kernel;

/// <summary>One TCP connection that carries as much as it can.</summary>
internal static class TcpStream
{
    private const int Piece = 128 * 1024;

    /// <summary>Megabits a second from one end to the other, as the receiver counts them.</summary>
    /// <param name="device">Who connects.</param>
    /// <param name="far">Where it connects to.</param>
    /// <param name="isDownload">Whether the far side sends.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="cancellationToken">Ends the wait for the connection.</param>
    public static async Task<double> RunAsync(NetNamespace device, NetNamespace far, bool isDownload, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var listener = await far.InsideAsync(() =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Any, 0));
            socket.Listen();
            return socket;
        });
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        var accepting = listener.AcceptAsync(limit.Token).AsTask();
        using var near = await device.ConnectAsync(new IPEndPoint(far.IPv4, ((IPEndPoint)listener.LocalEndPoint!).Port), limit.Token);
        using var accepted = await accepting;
        var (sender, receiver) = isDownload ? (accepted, near) : (near, accepted);

        // A receiver that hears nothing for so long is not being sent to any more.
        receiver.ReceiveTimeout = sender.SendTimeout = 10_000;
        var sending = OnThreadAsync(() => Send(sender, duration));
        var perSecond = await OnThreadAsync(() => Receive(receiver));
        await sending;
        return perSecond * 8 / 1e6;
    }

    private static double Send(Socket socket, TimeSpan duration)
    {
        var octets = new byte[Piece];
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < duration)
        {
            socket.Send(octets);
        }

        socket.Shutdown(SocketShutdown.Send);
        return 0;
    }

    /// <summary>Octets a second until the other end is done.</summary>
    private static double Receive(Socket socket)
    {
        var octets = new byte[Piece];
        var total = 0L;
        var began = TimeProvider.System.GetTimestamp();
        for (int read; (read = socket.Receive(octets)) > 0;)
        {
            total += read;
        }

        return total / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static Task<double> OnThreadAsync(Func<double> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
