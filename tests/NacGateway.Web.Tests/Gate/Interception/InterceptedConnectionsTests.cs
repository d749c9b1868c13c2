using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using NacGateway.Web.Gate;
using NacGateway.Web.Gate.Forwarding;
using NacGateway.Web.Gate.Interception;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Interception;

/// <summary>Which connections were led to the gate, and where they were going.</summary>
public sealed class InterceptedConnectionsTests
{
    [Theory]
    [InlineData("198.51.100.2:80", "10.77.0.1:8080", false, "198.51.100.2:80")] // Redirected.
    [InlineData("[2001:db8::2]:80", "[fd77::1]:8080", false, "[2001:db8::2]:80")]
    [InlineData("127.0.0.1:80", "127.0.0.1:8080", false, "127.0.0.1:80")] // To another port of this machine.
    [InlineData("127.0.0.1:8080", "127.0.0.1:8080", true, null)] // Straight to the gate.
    [InlineData("[::ffff:127.0.0.1]:8080", "127.0.0.1:8080", true, null)]
    [InlineData(null, "127.0.0.9:8080", true, null)] // All of 127.0.0.0/8 is this machine's.
    [InlineData(null, "198.51.100.2:80", true, "198.51.100.2:80")] // TPROXY, with and without connection tracking.
    [InlineData("198.51.100.2:80", "198.51.100.2:80", true, "198.51.100.2:80")]
    [InlineData(null, "127.0.0.1:80", true, "127.0.0.1:80")]
    [InlineData(null, "127.0.0.1:80", false, null)]
    [InlineData(null, "198.51.100.2:80", false, null)] // Where TPROXY was not asked for an address is not judged.
    [InlineData(null, "127.0.0.1:8080", false, null)]
    public void A_connection_was_going_elsewhere_where_kernel_and_socket_say_so(string? tracked, string local, bool transparent, string? expected)
    {
        var connections = new InterceptedConnections(new OwnEndPoints(TimeProvider.System), Options.Create(new GateOptions { Transparent = transparent }));

        Assert.Equal(expected, connections.Find(tracked is null ? null : IPEndPoint.Parse(tracked), IPEndPoint.Parse(local))?.ToString());
    }

    [Fact]
    public void The_kernels_address_is_read()
    {
        byte[] ipV4 = [.. BitConverter.GetBytes((ushort)2), 0x1f, 0x90, 198, 51, 100, 2, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] ipV6 = [.. BitConverter.GetBytes((ushort)10), 0, 80, 0, 0, 0, 0, .. IPAddress.Parse("fe80::2").GetAddressBytes(), .. BitConverter.GetBytes(3u)];

        Assert.Equal("198.51.100.2:8080", SocketDestination.Read(ipV4)?.ToString());
        Assert.Equal("[fe80::2%3]:80", SocketDestination.Read(ipV6)?.ToString());
        Assert.All(Enumerable.Range(0, ipV4.Length), length => Assert.Null(SocketDestination.Read(ipV4.AsSpan(0, length))));
        Assert.All(Enumerable.Range(0, ipV6.Length), length => Assert.Null(SocketDestination.Read(ipV6.AsSpan(0, length))));

        ipV4[0] = ipV4[1] = 0xff;
        Assert.Null(SocketDestination.Read(ipV4));
    }

    [Fact]
    public async Task A_connection_without_such_a_rule_has_none_or_its_own_end()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        using var accepted = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);

        var found = SocketDestination.Find(accepted, AddressFamily.InterNetwork);

        Assert.True(found is null || found.Equals(accepted.LocalEndPoint), $"{found}");
    }
}
