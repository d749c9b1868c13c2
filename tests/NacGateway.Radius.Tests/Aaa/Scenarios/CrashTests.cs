using System.Net;
using System.Net.Sockets;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa.Scenarios;

public sealed class CrashTests
{
    private const string Crash = """{ "when": { "user": "alice", "to": 1 }, "faults": [ { "fault": "crash", "seconds": 3 } ] }""";

    [Fact]
    public async Task A_crashed_server_refuses_is_back_on_its_port_and_knows_nothing_of_before()
    {
        await using var rig = FaultRig.Start(Crash + """, { "when": { "user": "bob" }, "faults": [ { "fault": "slow-start", "seconds": 2 } ] }""");
        rig.Rig.Time.Advance(TimeSpan.FromSeconds(2));
        var port = rig.Rig.Server.AuthenticationEndPoint;
        var challenged = AaaRig.Pap(1, "bob", "builder");
        var (challenge, _) = Assert.Single(await rig.AskAsync(challenged));
        Assert.True(RadiusPacket.TryParse(challenge, out var asked, out _));

        await rig.Rig.Server.DatagramAsync(AaaRig.Pap(2, "alice", "wonderland"));
        await UntilRefusedAsync(port);
        await UntilAsync(rig, port);

        // In its first seconds it is silent to bob, as after each start.
        Assert.Empty(await rig.AskAsync(challenged));
        rig.Rig.Time.Advance(TimeSpan.FromSeconds(2));
        var (late, _) = Assert.Single(await rig.AskAsync(AaaRig.Pap(3, "bob", "123456", packet => packet.State = asked.State)));
        Assert.Equal(RadiusCode.AccessReject, (RadiusCode)late[0]);
        var (again, _) = Assert.Single(await rig.AskAsync(AaaRig.Pap(4, "alice", "wonderland")));
        Assert.Equal((RadiusCode.AccessAccept, port), ((RadiusCode)again[0], rig.Rig.Server.AuthenticationEndPoint));
    }

    [Fact]
    public async Task A_server_that_is_gone_can_be_ended()
    {
        var rig = FaultRig.Start(Crash);
        await rig.Rig.Server.DatagramAsync(AaaRig.Pap(2, "alice", "wonderland"));
        await UntilRefusedAsync(rig.Rig.Server.AuthenticationEndPoint);

        await rig.DisposeAsync();

        Assert.True(rig.Rig.Server.AllCounters.Count >= 2);
    }

    /// <summary>Until the system answers for the socket that is gone.</summary>
    private static async Task UntilRefusedAsync(IPEndPoint port)
    {
        using var socket = new UdpClient();
        socket.Connect(port);
        while (true)
        {
            await socket.SendAsync(new byte[1], TestContext.Current.CancellationToken);
            using var moment = new CancellationTokenSource(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            try
            {
                await socket.ReceiveAsync(moment.Token);
            }
            catch (SocketException)
            {
                return;
            }
            catch (OperationCanceledException)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Turns the clock until the server is back.</summary>
    private static async Task UntilAsync(FaultRig rig, IPEndPoint port)
    {
        // A short way at a time: a clock that is turned before somebody waits on it wakes nobody.
        var before = rig.Rig.Server.AllCounters.Count;
        var turned = TimeSpan.Zero;
        await ServerProbes.UntilAsync(() =>
        {
            rig.Rig.Time.Advance(TimeSpan.FromMilliseconds(1));
            turned += TimeSpan.FromMilliseconds(1);
            return rig.Rig.Server.AllCounters.Count > before;
        });
        Assert.True(turned >= TimeSpan.FromSeconds(3), $"It was back after {turned}.");
        Assert.Equal(port, rig.Rig.Server.AuthenticationEndPoint);
    }
}
