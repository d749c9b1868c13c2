using System.Net;
using System.Net.Sockets;

namespace NacGateway.TestKit;

/// <summary>Loopback ports that were free a moment ago, for programs that cannot be told "any". Whoever uses one must cope with losing it.</summary>
public static class FreePorts
{
    /// <summary>A UDP port.</summary>
    public static int Udp() => Take(SocketType.Dgram, ProtocolType.Udp);

    /// <summary>A TCP port.</summary>
    public static int Tcp() => Take(SocketType.Stream, ProtocolType.Tcp);

    private static int Take(SocketType type, ProtocolType protocol)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
