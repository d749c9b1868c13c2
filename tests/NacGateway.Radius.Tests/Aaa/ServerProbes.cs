using System.Net;
using System.Net.Sockets;
using NacGateway.Aaa;
using NacGateway.Radius.Server;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa;

/// <summary>Datagrams to a server that no answer is waited for.</summary>
internal static class ServerProbes
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static async Task DatagramAsync(this AaaServer server, byte[] datagram)
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await socket.SendAsync(datagram, server.AuthenticationEndPoint, TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until so many datagrams were dropped for a reason.</summary>
    public static Task UntilAsync(this AaaServer server, RadiusDropReason reason, long count) => UntilAsync(() => server.Counters.Dropped(reason) >= count);

    public static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(s_patience, TimeProvider.System);
        while (!condition())
        {
            Assert.False(patience.IsCancellationRequested, "What was waited for did not happen.");
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
