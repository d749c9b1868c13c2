using System.Net;
using Microsoft.AspNetCore.Connections;
using NacGateway.Web.Hosting.Listeners;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>One client's share of the connections.</summary>
public sealed class ClientConnectionsTests
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _served;

    [Fact]
    public async Task A_client_beyond_its_share_is_closed_and_others_are_served()
    {
        var connections = new ClientConnections(share: 2, _ => false);

        var first = Open(connections, "192.0.2.1");
        var second = Open(connections, "::ffff:192.0.2.1");
        await Open(connections, "192.0.2.1");
        var other = Open(connections, "192.0.2.2");

        Assert.Equal(3, _served);
        _end.SetResult();
        await Task.WhenAll(first, second, other);
    }

    [Fact]
    public async Task A_connection_that_ends_makes_room_for_the_next()
    {
        var connections = new ClientConnections(share: 1, _ => false);
        _end.SetResult();

        await Open(connections, "192.0.2.1");
        await Open(connections, "192.0.2.1");

        Assert.Equal(2, _served);
    }

    [Fact]
    public async Task A_trusted_proxy_has_no_share()
    {
        var connections = new ClientConnections(share: 1, address => address.Equals(IPAddress.Parse("192.0.2.1")));

        var first = Open(connections, "192.0.2.1");
        var second = Open(connections, "192.0.2.1");

        Assert.Equal(2, _served);
        _end.SetResult();
        await Task.WhenAll(first, second);
    }

    private async Task Open(ClientConnections connections, string address)
    {
        // Not disposed: its Abort cancels on another thread, and would meet a disposed source there.
        var connection = new DefaultConnectionContext { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 1) };
        await connections.ServeAsync(_ => { Interlocked.Increment(ref _served); return _end.Task; }, connection);
    }
}
