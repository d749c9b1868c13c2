using System.Globalization;
using System.Net;
using System.Text;
using NacGateway.TestKit.Network;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Network;

/// <summary>The lab that the tests of the network stand on.</summary>
public sealed class NetLabTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clients_reach_the_far_side_through_the_gateway_by_both_families()
    {
        Assert.SkipWhen(NetLab.Missing is not null, NetLab.Missing ?? "");
        await using var lab = await NetLab.CreateAsync(2, Cancel);

        foreach (var client in lab.Clients)
        {
            foreach (var to in (IPAddress[])[lab.Internet.IPv4, lab.Internet.IPv6])
            {
                var answer = await client.RunAsync("ping", ["-n", "-c", "1", "-W", "5", to.ToString()], Cancel);

                // One hop less than the 64 of the far side: the gateway forwarded it.
                Assert.Contains("ttl=63", answer.OrThrow(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Clients_are_known_by_their_hardware_addresses()
    {
        Assert.SkipWhen(NetLab.Missing is not null, NetLab.Missing ?? "");
        await using var lab = await NetLab.CreateAsync(2, Cancel);

        foreach (var client in lab.Clients)
        {
            (await client.RunAsync("ping", ["-n", "-c", "1", "-W", "5", lab.Gateway.IPv4.ToString()], Cancel)).OrThrow();
            (await client.RunAsync("ping", ["-n", "-c", "1", "-W", "5", lab.Gateway.IPv6.ToString()], Cancel)).OrThrow();
        }

        var neighbours = await lab.Gateway.IpAsync(Cancel, "neighbour", "show", "dev", "lan0");
        Assert.Equal("02:00:5e:00:00:01", lab.Clients[0].MacText);
        Assert.Contains("10.77.0.11 lladdr 02:00:5e:00:00:01", neighbours, StringComparison.Ordinal);
        Assert.Contains("10.77.0.12 lladdr 02:00:5e:00:00:02", neighbours, StringComparison.Ordinal);
        Assert.Contains("fd77::11 lladdr 02:00:5e:00:00:01", neighbours, StringComparison.Ordinal);
        Assert.Contains("fd77::12 lladdr 02:00:5e:00:00:02", neighbours, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_from_inside_meets_an_echo_inside_and_an_address_can_change()
    {
        Assert.SkipWhen(NetLab.Missing is not null, NetLab.Missing ?? "");
        await using var lab = await NetLab.CreateAsync(1, Cancel);
        await using var echo = await EchoServer.StartAsync(lab.Internet, 7);

        await lab.Clients[0].SetAddressAsync(IPAddress.Parse("10.77.0.99"), 24, lab.Gateway.IPv4, Cancel);
        foreach (var to in (IPAddress[])[lab.Internet.IPv4, lab.Internet.IPv6])
        {
            using var connection = await lab.Clients[0].ConnectAsync(new IPEndPoint(to, echo.Port), Cancel);
            await connection.SendAsync("hello"u8.ToArray(), Cancel);
            var heard = new byte[5];
            await connection.ReceiveAsync(heard, Cancel);

            Assert.Equal("hello", Encoding.ASCII.GetString(heard));
        }

        Assert.Contains("10.77.0.99", await lab.Gateway.IpAsync(Cancel, "neighbour", "show", "dev", "lan0"), StringComparison.Ordinal);
        Assert.Equal(10, echo.Received);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_lab()
    {
        Assert.SkipWhen(NetLab.Missing is not null, NetLab.Missing ?? "");
        var lab = await NetLab.CreateAsync(1, Cancel);
        lab.Clients[0].ResolveAt(lab.Gateway.IPv4);
        var process = string.Create(CultureInfo.InvariantCulture, $"/proc/{lab.Clients[0].Start("sleep", ["600"]).Id}");

        await lab.DisposeAsync();

        Assert.False(Directory.Exists(process));
        Assert.False(File.Exists($"/run/netns/{lab.Clients[0].Name}"));
        Assert.False(Directory.Exists($"/etc/netns/{lab.Clients[0].Name}"));
    }
}
