using System.Net;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Network;

/// <summary>Limits of sessions where the kernel forwards: what it counts ends them or slows them down, and so does a RADIUS server.</summary>
public sealed class KernelLimitTests
{
    private const string Secret = "a secret of the server that sends CoA";
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(8);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_quota_that_throttles_lets_what_runs_go_on_at_the_lower_rate()
    {
        await using var scene = await KernelScene.StartAsync(Cancel);
        var device = scene.Lab.Clients[0];
        await scene.SignInAsync(device, Cancel, "capped");
        await using var source = await Faucet.StartAsync(scene.Lab.Internet, 7008);
        using var stream = await device.ConnectAsync(new IPEndPoint(scene.Far[0], 7008), Cancel);

        // Far past the quota within a second: the counters are read, and the sweeper comes by.
        await Streams.DrainAsync(stream, TimeSpan.FromSeconds(4), Cancel);
        var rate = await Streams.RateAsync(stream, Cancel);

        Assert.InRange(rate, 3_600_000, 4_400_000);
        Assert.Contains(device.MacText, await scene.NftAsync("list set inet nacgateway bound4", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quota_without_throttle_ends_the_session_and_cuts_what_runs()
    {
        await using var scene = await KernelScene.StartAsync(Cancel);
        var device = scene.Lab.Clients[0];
        await scene.SignInAsync(device, Cancel, "metered");
        using var connection = await device.ConnectAsync(new IPEndPoint(scene.Far[0], KernelScene.EchoPort), Cancel);
        await connection.SendAsync(new byte[150_000], Cancel);
        Assert.True(await KernelScene.EchoesAsync(connection, Cancel, 150_000));

        await connection.SendAsync(new byte[100_000], Cancel);

        await KernelScene.UntilAsync(async () => await KernelScene.StatusAsync(device, scene.Far[0], Cancel) == "511", s_soon, Cancel);
        Assert.False(await KernelScene.EchoesAsync(connection, Cancel, 100_000));
    }

    [Fact]
    public async Task Who_is_silent_is_idle_and_who_sends_is_not()
    {
        await using var scene = await KernelScene.StartAsync(Cancel);
        var (quiet, busy) = (scene.Lab.Clients[0], scene.Lab.Clients[1]);
        await scene.SignInAsync(quiet, Cancel, "restless");
        await scene.SignInAsync(busy, Cancel, "restless");
        using var connection = await busy.ConnectAsync(new IPEndPoint(scene.Far[0], KernelScene.EchoPort), Cancel);

        // The kernel alone sees that traffic: its counters are what keeps the session.
        await KernelScene.UntilAsync(
            async () =>
            {
                Assert.True(await KernelScene.EchoesAsync(connection, Cancel));
                return (await scene.NftAsync("list set inet nacgateway open4", Cancel)).Contains(quiet.MacText, StringComparison.Ordinal) == false;
            },
            s_soon,
            Cancel);

        Assert.Equal("511", await KernelScene.StatusAsync(quiet, scene.Far[0], Cancel));
        Assert.True(await KernelScene.ReachesAsync(busy, scene.Far[0], Cancel));
    }

    [Fact]
    public async Task A_disconnect_of_the_RADIUS_server_is_acknowledged_when_the_kernel_has_closed()
    {
        await using var scene = await KernelScene.StartAsync(Cancel, ("Coa:Listen", "127.0.0.1:0"), ("Coa:Clients:0:Address", "127.0.0.1"), ("Coa:Clients:0:Secret", Secret));
        var device = scene.Lab.Clients[0];
        await scene.SignInAsync(device, Cancel);
        using var connection = await device.ConnectAsync(new IPEndPoint(scene.Far[0], KernelScene.EchoPort), Cancel);
        Assert.True(await KernelScene.EchoesAsync(connection, Cancel));
        await using var source = await Faucet.StartAsync(scene.Lab.Internet, 7008);
        using var stream = await device.ConnectAsync(new IPEndPoint(scene.Far[0], 7008), Cancel);

        // First slower, by another server's word, for what runs, too.
        Assert.Contains("Received CoA-ACK", await RadclientAsync(scene, "coa", "User-Name = alice, WISPr-Bandwidth-Max-Down = 2000000"), StringComparison.Ordinal);
        Assert.InRange(await Streams.RateAsync(stream, Cancel), 1_800_000, 2_200_000);

        Assert.Contains("Received Disconnect-ACK", await RadclientAsync(scene, "disconnect", "User-Name = alice"), StringComparison.Ordinal);

        Assert.False(await KernelScene.EchoesAsync(connection, Cancel));
        Assert.Equal("511", await KernelScene.StatusAsync(device, scene.Far[0], Cancel));
    }

    private static async Task<string> RadclientAsync(KernelScene scene, string verb, string attributes)
    {
        using var folder = new TemporaryFolder("radclient");
        var request = folder.Write("request", attributes + "\n");
        var sent = await scene.Lab.Gateway.RunAsync(
            Component.Require("radclient", "freeradius-utils"), ["-x", "-r", "1", "-t", "3", "-f", request, await scene.Gateway.CoaAsync(Cancel), verb, Secret], Cancel);
        return sent.Output;
    }
}
