using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa.Scenarios;

/// <summary>The same seed and the same requests give the same trace, byte for byte.</summary>
public sealed class SeedTests
{
    private const string Everything = """
        { "when": { "probability": 0.3 }, "faults": [ { "fault": "loss", "of": "request" } ] },
        { "when": { "probability": 0.5, "user": "?*" }, "faults": [ { "fault": "duplicate" }, { "fault": "delay", "distribution": "normal", "meanMs": 50, "deviationMs": 20 } ] },
        { "when": { "probability": 0.3 }, "faults": [ { "fault": "wrong-authenticator" } ] },
        { "when": { "probability": 0.3 }, "faults": [ { "fault": "garbage", "keepReply": true } ] },
        { "when": { "probability": 0.3 }, "faults": [ { "fault": "blastradius" } ] },
        { "when": { "probability": 0.1 }, "faults": [ { "fault": "truncated" } ] },
        { "when": { "probability": 0.1 }, "faults": [ { "fault": "oversized" } ] },
        { "when": { "probability": 0.1 }, "faults": [ { "fault": "wrong-source-port" }, { "fault": "wrong-identifier" } ] }
        """;

    [Fact]
    public async Task The_same_seed_gives_the_same_trace_byte_for_byte_and_another_seed_another()
    {
        var first = await TraceAsync(Everything, 42);
        var second = await TraceAsync(Everything, 42);
        var third = await TraceAsync(Everything, 43);

        Assert.Equal(first, second, StringComparer.Ordinal);
        Assert.NotEqual(first, third.Replace("\"seed\":43", "\"seed\":42", StringComparison.Ordinal), StringComparer.Ordinal);
        Assert.True(first.Split('\n').Length > 100, "there is much to compare");
    }

    [Fact]
    public async Task State_and_salt_and_the_challenge_of_ms_chap_follow_from_the_seed_too()
    {
        var first = await TraceAsync(string.Empty, 42);
        var second = await TraceAsync(string.Empty, 42);
        var third = await TraceAsync(string.Empty, 43);

        Assert.Equal(first, second, StringComparer.Ordinal);

        // The salt follows from the request; State and the challenge of MS-CHAP from the seed.
        Assert.NotEqual(first, third.Replace("\"seed\":43", "\"seed\":42", StringComparison.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_befalls_one_does_not_depend_on_who_else_asks()
    {
        const string Half = """{ "when": { "probability": 0.5 }, "faults": [ { "fault": "loss" } ] }""";
        await using var alone = FaultRig.Start(Half, 5);
        await using var together = FaultRig.Start(Half, 5);
        for (var n = 0; n < 40; n++)
        {
            await alone.Rig.Server.DatagramAsync(AaaRig.Pap(n, "alice", "wonderland"));
            await together.Rig.Server.DatagramAsync(AaaRig.Pap(1000 + n, "anna", "x"));
            await together.Rig.Server.DatagramAsync(AaaRig.Pap(n, "alice", "wonderland"));
        }

        await ServerProbes.UntilAsync(() => Count(alone) == 40 && Count(together) == 40);

        Assert.Equal(Lost(alone, 1), Lost(together, 2));
        Assert.InRange(Lost(alone, 1).Count, 10, 30);

        static int Count(FaultRig rig) => rig.Rig.Events.Count(answered => answered.UserName == "alice");

        // The how many-th of alice's tries were lost: hers are each, or each second, of all.
        static List<long> Lost(FaultRig rig, int each) => [.. rig.Faults.Where(fault => fault.UserName == "alice").Select(fault => fault.Number / each)];
    }

    private static async Task<string> TraceAsync(string steps, ulong seed)
    {
        await using var rig = FaultRig.Start(steps.Length == 0 ? """{ "when": { "user": "nobody" }, "faults": [ { "fault": "loss" } ] }""" : steps, seed, isTraced: true);
        var sent = 0;
        for (var n = 0; n < 40; n++)
        {
            await rig.Rig.Server.DatagramAsync(AaaRig.Pap(n, n % 2 == 0 ? "alice" : "bob", n % 3 == 0 ? "wonderland" : "builder"));
            sent++;
            await rig.Rig.Server.DatagramAsync(MsChap(n));
            sent++;

            // One after the other: the order of arrival is part of what is the same.
            await ServerProbes.UntilAsync(() => rig.Recorded().Split('\n').Count(line => line.Contains("\"in\"", StringComparison.Ordinal)) == sent);
        }

        await ServerProbes.UntilAsync(() => rig.Rig.Events.Count + rig.Recorded().Split("\"lost\"").Length - 1 == sent);
        return rig.Recorded();
    }

    private static byte[] MsChap(int seed)
    {
        var packet = new RadiusPacket(RadiusCode.AccessRequest, (byte)seed);
        new Random(seed).NextBytes(packet.Authenticator);
        packet.AddMessageAuthenticator();
        AaaRig.AddMsChap2(packet, "alice", seed % 2 == 0 ? "wonderland" : "wrong");
        return AaaRig.Sign(packet);
    }
}
