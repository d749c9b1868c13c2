using System.Collections.Concurrent;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary>Every kind of packet that <c>send</c> emits, before Wireshark's dissector.</summary>
public sealed class SendTsharkTests
{
    [Fact]
    public async Task Dissector_minds_nothing_that_is_sent()
    {
        await using var server = CapturingServer.Start();
        string[][] runs =
        [
            ["auth", "--user", "alice", "--password", "wonderland"],
            ["auth", "--user", "alice", "--password", "wonderland", "--method", "chap"],
            ["auth", "--user", "alice", "--password", "wonderland", "--method", "mschapv2", "--expect", "accept"],
            [
                "auth", "User-Name=alice", "User-Password=wonderland", "NAS-IPv6-Address=2001:db8::1", "Framed-IPv6-Prefix=2001:db8::/64", "Tunnel-Type:1=VLAN", "Tunnel-Medium-Type:1=IEEE-802",
                "Tunnel-Private-Group-ID:1=42", "Cisco-AVPair=a=b", "WISPr-Location-Name=hall", "Proxy-State=0x01", "Class=0x00", "Calling-Station-Id=02-00-00-00-00-01", "Attr-241.1=0x00000001",
                "Acct-Interim-Interval=600", "Chargeable-User-Identity=0x00", "Event-Timestamp=1767225600", "Connect-Info=" + new string('x', 250),
            ],
            ["acct", "start", "User-Name=alice"],
            ["acct", "interim", "User-Name=alice", "Acct-Input-Octets=4294967295", "Acct-Input-Gigawords=1", "Acct-Session-Time=60"],
            ["acct", "stop", "User-Name=alice", "Acct-Terminate-Cause=User-Request", "Acct-Delay-Time=3"],
            ["acct", "on"],
            ["acct", "off"],
            ["status"],
            ["coa", "User-Name=alice", "Acct-Session-Id=1", "Session-Timeout=60", "Filter-Id=guest"],
            ["coa", "User-Name=alice", "Acct-Session-Id=1", "--no-message-authenticator"],
            ["disconnect", "User-Name=alice", "Acct-Session-Id=1", "NAS-Identifier=nas"],
        ];
        foreach (var run in runs)
        {
            await server.SendAsync(run[0], run[1..]);
        }

        var complaints = await TsharkDissector.ComplaintsAsync([.. server.Octets], TestContext.Current.CancellationToken);

        Assert.Equal(runs.Length, server.Octets.Count);
        Assert.True(complaints.Length == 0, complaints);
    }

    [Fact]
    public async Task Dissector_minds_nothing_that_our_server_answers()
    {
        var replies = new ConcurrentQueue<ReadOnlyMemory<byte>>();
        await using var aaa = await RunningAaa.StartAsync(TestContext.Current.CancellationToken);
        await using var relay = new DatagramRelay(aaa.EndPoint, reply =>
        {
            replies.Enqueue(reply);
            return reply;
        });
        string[][] runs =
        [
            ["auth", "--user", "alice", "--password", "wonderland"],
            ["auth", "--user", "alice", "--password", "wonderland", "--method", "mschapv2"],
            ["auth", "--user", "alice", "--password", "wrong", "--method", "mschapv2"],
            ["auth", "--user", "bob", "--password", "builder", "Proxy-State=0x01"],
            ["auth", "--user", "eve", "--password", "any"],
            ["status"],
        ];
        foreach (var run in runs)
        {
            await HarnessRun.RunAsync(["send", run[0], "--server", relay.EndPoint.ToString(), .. run[1..]], RunningAaa.Secret);
        }

        var complaints = await TsharkDissector.ComplaintsAsync([.. replies], TestContext.Current.CancellationToken);

        Assert.Equal(runs.Length, replies.Count);
        Assert.True(complaints.Length == 0, complaints);
    }

    [Theory]
    [InlineData("load", "--mix", "pap=1,chap=1,mschapv2=1,acct=1", "--count", "60", "--user", "user{1..5}", "--password", "secret{n}")]
    [InlineData("nas", "--user", "user{1..3}", "--password", "secret{n}", "--spread", "0.1", "--seconds", "20", "--session-seconds", "0.3", "--interim", "0.1", "--coa-listen", "none")]
    public async Task Dissector_minds_nothing_that_the_other_verbs_send(string verb, params string[] arguments)
    {
        await using var server = CapturingServer.Start();

        var run = await HarnessRun.RunAsync(
            [verb, "--server", server.EndPoint.ToString(), "--acct-port", server.EndPoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), .. arguments], CapturingServer.Secret);

        var complaints = await TsharkDissector.ComplaintsAsync([.. server.Octets], TestContext.Current.CancellationToken);
        Assert.True(server.Octets.Count >= 5, run.Output + run.Errors);
        Assert.True(complaints.Length == 0, complaints);
    }
}
