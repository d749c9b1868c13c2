using NacGateway.Aaa.Scenarios;
using NacGateway.Aaa.Tracing;
using NacGateway.Radius.Crypto;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa.Scenarios;

/// <summary>A recorded run, answered from the record.</summary>
public sealed class ReplayTests
{
    [Fact]
    public async Task The_same_requests_get_the_same_octets()
    {
        const string Steps = """
            { "when": { "user": "alice", "from": 2, "to": 2 }, "faults": [ { "fault": "loss" } ] },
            { "when": { "user": "alice", "from": 3, "to": 3 }, "faults": [ { "fault": "garbage", "keepReply": true } ] },
            { "when": { "user": "alice", "from": 4 }, "faults": [ { "fault": "wrong-message-authenticator" } ] }
            """;
        await using var recorded = FaultRig.Start(Steps, isTraced: true);
        var first = await RunAsync(recorded, 0);
        await using var replayed = FaultRig.Replay(recorded.Recorded());
        await using var verbatim = FaultRig.Replay(recorded.Recorded(), isVerbatim: true);

        Assert.Equal(first, await RunAsync(replayed, 0), StringComparer.Ordinal);
        Assert.Equal(first, await RunAsync(verbatim, 0), StringComparer.Ordinal);
        Assert.Contains(replayed.Faults, fault => fault.Faults.SequenceEqual(["silence"], StringComparer.Ordinal));
    }

    [Fact]
    public async Task Other_requests_get_the_same_kind_of_reply_right_where_it_was_right_and_wrong_where_it_was_wrong()
    {
        await using var recorded = FaultRig.Start(
            """
            { "when": { "user": "alice", "from": 2, "to": 2 }, "faults": [ { "fault": "wrong-authenticator" } ] },
            { "when": { "user": "alice", "from": 3, "to": 3 }, "faults": [ { "fault": "wrong-message-authenticator" } ] },
            { "when": { "user": "alice", "from": 4, "to": 4 }, "faults": [ { "fault": "missing-message-authenticator" } ] },
            { "when": { "user": "alice", "from": 5, "to": 5 }, "faults": [ { "fault": "wrong-identifier" } ] }
            """,
            isTraced: true);
        await RunAsync(recorded, 0);
        await using var replayed = FaultRig.Replay(recorded.Recorded());

        List<PacketVerdict> verdicts = [];
        List<bool> identifiers = [];
        for (var n = 0; n < 5; n++)
        {
            var request = AaaRig.Pap(500 + n, "somebody", "else");
            var (octets, _) = Assert.Single(await replayed.AskAsync(request));
            verdicts.Add(Authenticators.VerifyReply(octets, request.AsSpan(4, 16), AaaRig.SecretOctets));
            identifiers.Add(octets[1] == request[1]);
        }

        Assert.Equal(
            [PacketVerdict.Authentic, PacketVerdict.WrongAuthenticator, PacketVerdict.WrongMessageAuthenticator, PacketVerdict.AuthenticWithoutMessageAuthenticator, PacketVerdict.Authentic],
            verdicts);
        Assert.Equal([true, true, true, true, false], identifiers);
    }

    [Fact]
    public async Task A_crash_of_the_recorded_run_happens_again()
    {
        await using var recorded = FaultRig.Start("""{ "when": { "user": "alice" }, "faults": [ { "fault": "crash", "seconds": 3 } ] }""", isTraced: true);
        await recorded.Rig.Server.DatagramAsync(AaaRig.Pap(1, "alice", "wonderland"));
        await ServerProbes.UntilAsync(() => recorded.Recorded().Contains("\"crashSeconds\":3", StringComparison.Ordinal));
        await using var replayed = FaultRig.Replay(recorded.Recorded());

        await replayed.Rig.Server.DatagramAsync(AaaRig.Pap(2, "anybody", "x"));

        await ServerProbes.UntilAsync(() =>
        {
            replayed.Rig.Time.Advance(TimeSpan.FromMilliseconds(10));
            return replayed.Rig.Server.AllCounters.Count > 2;
        });
        Assert.Equal(["crash"], replayed.Faults.Single().Faults);
    }

    [Fact]
    public async Task When_the_trace_is_over_there_is_silence()
    {
        await using var recorded = FaultRig.Start("""{ "when": { "user": "nobody" }, "faults": [ { "fault": "loss" } ] }""", isTraced: true);
        await recorded.AskAsync(AaaRig.Pap(1, "alice", "wonderland"));
        await using var replayed = FaultRig.Replay(recorded.Recorded());
        await replayed.AskAsync(AaaRig.Pap(1, "alice", "wonderland"));

        await replayed.Rig.Server.DatagramAsync(AaaRig.Pap(2, "alice", "wonderland"));
        await ServerProbes.UntilAsync(() => replayed.Faults.Count == 3);

        Assert.Equal("the trace is over", replayed.Faults.Last().Faults.Single());
        Assert.Equal(2, replayed.Rig.Server.Counters.Answered);
    }

    [Theory]
    [InlineData("", ":1: the file is empty")]
    [InlineData("{}", ":1: the file does not begin as a trace")]
    [InlineData("{\"trace\":2}", ":1: the file does not begin as a trace")]
    [InlineData("{\"trace\":1}\nx", ":2: the line is no JSON")]
    [InlineData("{\"trace\":1}\n{\"port\":\"auth\",\"n\":1,\"out\":\"00\"}", ":2: there is no request above it")]
    [InlineData("{\"trace\":1}\n{\"port\":\"auth\",\"n\":1,\"in\":\"0\"}", ":2: the octets are not hexadecimal")]
    [InlineData("{\"trace\":1}\n{\"port\":\"auth\",\"n\":1,\"in\":\"00\"}", ":2: the request is shorter than a packet")]
    [InlineData("{\"trace\":1}\n{\"port\":\"udp\",\"n\":1,\"in\":\"00\"}", ":2: port or n")]
    public void What_is_no_trace_is_refused_by_line(string text, string message)
    {
        using var folder = new TemporaryFolder("trace");

        var problem = Assert.Throws<ScenarioException>(() => Trace.Load(folder.Write("run.trace", text)));

        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    private static async Task<List<string>> RunAsync(FaultRig rig, int seed)
    {
        List<string> seen = [];
        for (var n = 0; n < 5; n++)
        {
            seen.AddRange((await rig.AskAsync(AaaRig.Pap(seed + n, "alice", "wonderland"))).Select(datagram => Convert.ToHexString(datagram.Octets)));
        }

        return seen;
    }
}
