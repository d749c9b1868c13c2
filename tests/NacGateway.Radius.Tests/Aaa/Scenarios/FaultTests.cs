using NacGateway.Aaa.Scenarios;
using NacGateway.Aaa.Scenarios.Faults;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa.Scenarios;

/// <summary>What each fault puts on the wire, seen by a socket that takes all.</summary>
public sealed class FaultTests
{
    private static readonly byte[] s_request = AaaRig.Pap(7, "alice", "wonderland");

    [Fact]
    public async Task Without_a_step_for_the_request_the_right_answer_comes()
    {
        await using var rig = FaultRig.Start(Step("""{ "fault": "loss" }""", """{ "user": "somebody else" }"""));

        var (octets, port) = Assert.Single(await rig.AskAsync(s_request));

        Assert.True(FaultRig.Signed(octets, s_request));
        Assert.Equal(rig.Rig.Server.AuthenticationEndPoint.Port, port);
        Assert.Empty(rig.Faults);
    }

    [Theory]
    [InlineData("""{ "fault": "loss" }""")]
    [InlineData("""{ "fault": "loss", "of": "request" }""")]
    [InlineData("""{ "fault": "slow-start", "seconds": 5 }""")]
    public async Task A_lost_datagram_is_not_seen(string fault)
    {
        await using var rig = FaultRig.Start(Step(fault));

        Assert.Empty(await rig.AskAsync(s_request));
        Assert.Equal("alice", Assert.Single(rig.Faults).UserName);
    }

    [Fact]
    public async Task A_lost_request_is_not_handled_and_one_whose_reply_is_lost_is()
    {
        await using var rig = FaultRig.Start(Step("""{ "fault": "loss", "of": "request" }""", """{ "user": "alice", "to": 1 }""") + "," + Step("""{ "fault": "loss" }"""));

        await rig.AskAsync(s_request);
        Assert.DoesNotContain(rig.Rig.Events, answered => answered.UserName == "alice");
        await rig.AskAsync(s_request);
        Assert.Contains(rig.Rig.Events, answered => answered.UserName == "alice");
    }

    [Theory]
    [InlineData("""{ "fault": "wrong-authenticator" }""", PacketVerdict.WrongAuthenticator)]
    [InlineData("""{ "fault": "missing-message-authenticator" }""", PacketVerdict.AuthenticWithoutMessageAuthenticator)]
    [InlineData("""{ "fault": "wrong-message-authenticator" }""", PacketVerdict.WrongMessageAuthenticator)]
    public async Task A_digest_is_wrong_and_no_other(string fault, PacketVerdict verdict)
    {
        await using var rig = FaultRig.Start(Step(fault));

        var (octets, _) = Assert.Single(await rig.AskAsync(s_request));

        Assert.Equal(PacketError.None, PacketReader.TryRead(octets, out var reader));
        Assert.Equal((RadiusCode.AccessAccept, s_request[1]), (reader.Code, reader.Identifier));
        Assert.Equal(verdict, Authenticators.VerifyReply(octets, s_request.AsSpan(4, 16), AaaRig.SecretOctets));
    }

    [Fact]
    public async Task A_wrong_identifier_has_right_digests()
    {
        await using var rig = FaultRig.Start(Step("""{ "fault": "wrong-identifier" }"""));

        var (octets, _) = Assert.Single(await rig.AskAsync(s_request));

        Assert.NotEqual(s_request[1], octets[1]);
        Assert.True(FaultRig.Signed(octets, s_request));
    }

    [Fact]
    public async Task A_wrong_source_port_is_the_only_thing_wrong()
    {
        await using var rig = FaultRig.Start(Step("""{ "fault": "wrong-source-port" }"""));

        var (octets, port) = Assert.Single(await rig.AskAsync(s_request));

        Assert.NotEqual(rig.Rig.Server.AuthenticationEndPoint.Port, port);
        Assert.True(FaultRig.Signed(octets, s_request));
    }

    [Theory]
    [InlineData("""{ "fault": "truncated" }""", PacketError.Truncated)]
    [InlineData("""{ "fault": "truncated", "octets": 3 }""", PacketError.HeaderTruncated)]
    [InlineData("""{ "fault": "oversized" }""", PacketError.LengthOutOfRange)]
    [InlineData("""{ "fault": "oversized", "octets": 4097 }""", PacketError.LengthOutOfRange)]
    public async Task The_length_is_wrong(string fault, PacketError error)
    {
        await using var rig = FaultRig.Start(Step(fault));

        var (octets, _) = Assert.Single(await rig.AskAsync(s_request));

        // A datagram may be cut within the header, too.
        var actual = PacketReader.TryRead(octets, out _);
        Assert.True(actual == error || (error == PacketError.Truncated && actual == PacketError.HeaderTruncated), $"{actual}");
    }

    [Theory]
    [InlineData("wrong-identifier")]
    [InlineData("wrong-authenticator")]
    [InlineData("missing-message-authenticator")]
    [InlineData("wrong-message-authenticator")]
    [InlineData("blastradius")]
    [InlineData("oversized")]
    [InlineData("padding")]
    [InlineData("truncated")]
    public async Task What_is_left_of_a_packet_takes_another_fault(string fault)
    {
        await using var header = FaultRig.Start(Step($$"""{ "fault": "truncated", "octets": 3 }, { "fault": "{{fault}}" }"""));
        await using var octet = FaultRig.Start(Step($$"""{ "fault": "garbage", "octets": 1 }, { "fault": "{{fault}}" }"""));

        Assert.InRange(Assert.Single(await header.AskAsync(s_request)).Octets.Length, 1, int.MaxValue);
        Assert.InRange(Assert.Single(await octet.AskAsync(s_request)).Octets.Length, 1, int.MaxValue);
    }

    [Fact]
    public void Copies_of_copies_are_bounded()
    {
        var input = new FaultInput(s_request, AaaRig.SecretOctets, Draw.Of(1, "copies", 1), TimeSpan.Zero);
        IReadOnlyList<Departure> planned = [new Departure(s_request)];
        for (var time = 0; time < 2; time++)
        {
            planned = new DuplicateFault(1000, 0).Apply(planned, input);
        }

        Assert.Equal(4096, planned.Count);
    }

    [Fact]
    public void A_single_octet_cannot_be_cut_further()
    {
        var input = new FaultInput(s_request, AaaRig.SecretOctets, Draw.Of(1, "cut", 1), TimeSpan.Zero);

        var departure = Assert.Single(new CutFault().Apply([new Departure(new byte[1])], input));

        Assert.Equal((1, true), (departure.Octets.Length, departure.CutsConnection));
    }

    [Fact]
    public async Task Padding_leaves_the_packet_right()
    {
        await using var rig = FaultRig.Start(Step("""{ "fault": "padding", "octets": 9 }"""));

        var (octets, _) = Assert.Single(await rig.AskAsync(s_request));

        Assert.Equal(9, octets.Length - ((octets[2] << 8) | octets[3]));
        Assert.True(FaultRig.Signed(octets, s_request));
    }

    [Fact]
    public async Task Garbage_and_forgeries_come_in_number_and_before_the_reply()
    {
        await using var garbage = FaultRig.Start(Step("""{ "fault": "garbage", "octets": 50, "count": 3 }"""));
        await using var forgery = FaultRig.Start(Step("""{ "fault": "forgery", "count": 5, "keepReply": true }"""));

        var random = await garbage.AskAsync(s_request);
        var forged = await forgery.AskAsync(s_request);

        Assert.Equal([50, 50, 50], random.Select(datagram => datagram.Octets.Length));
        Assert.Equal(3, random.Select(datagram => Convert.ToHexString(datagram.Octets)).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(6, forged.Count);
        Assert.All(forged.SkipLast(1), datagram => Assert.Equal((2, s_request[1], false), (datagram.Octets[0], datagram.Octets[1], FaultRig.Signed(datagram.Octets, s_request))));
        Assert.True(FaultRig.Signed(forged[^1].Octets, s_request));
    }

    [Fact]
    public async Task Copies_are_alike_and_faults_add_up()
    {
        await using var rig = FaultRig.Start(Step("""{ "fault": "duplicate", "copies": 2 }, { "fault": "wrong-source-port" }"""));

        var datagrams = await rig.AskAsync(s_request);

        Assert.Equal(3, datagrams.Count);
        Assert.Single(datagrams.DistinctBy(datagram => (Convert.ToHexString(datagram.Octets), datagram.Port)));
        Assert.NotEqual(rig.Rig.Server.AuthenticationEndPoint.Port, datagrams[0].Port);
    }

    [Fact]
    public async Task A_delayed_reply_comes_when_its_time_has_come()
    {
        await using var rig = FaultRig.Start(Step("""{ "fault": "delay", "ms": 400 }"""));

        Assert.Empty(await rig.AskAsync(s_request));
        rig.Rig.Time.Advance(TimeSpan.FromMilliseconds(399));
        Assert.Empty(await rig.AskAsync(AaaRig.Pap(7, "alice", "wonderland", packet => packet.Identifier = 8)));
        rig.Rig.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(FaultRig.Signed(await rig.ReceiveAsync(), s_request));
    }

    [Fact]
    public async Task A_reordered_reply_lets_the_next_one_go_first()
    {
        await using var rig = FaultRig.Start(Step("""{ "fault": "reorder" }"""));

        // The answer to the mark goes first, and the held one leaves right behind it.
        Assert.Empty(await rig.AskAsync(s_request));
        Assert.True(FaultRig.Signed(await rig.ReceiveAsync(), s_request));
    }

    [Fact]
    public async Task A_request_is_counted_alone_or_for_each_user()
    {
        await using var rig = FaultRig.Start(Step("""{ "fault": "loss" }""", """{ "user": "a*", "from": 2, "every": 2 }"""));
        await using var apart = FaultRig.Start(Step("""{ "fault": "loss" }""", """{ "user": "a*", "perUser": true, "to": 1 }"""));

        List<int> counts = [];
        List<int> own = [];
        for (var n = 0; n < 6; n++)
        {
            var request = AaaRig.Pap(n, n < 4 ? "alice" : "anna", "wonderland");
            counts.Add((await rig.AskAsync(request)).Count);
            own.Add((await apart.AskAsync(request)).Count);
        }

        Assert.Equal([1, 0, 1, 0, 1, 0], counts);
        Assert.Equal([0, 1, 1, 1, 0, 1], own);
    }

    [Fact]
    public async Task What_cannot_be_believed_gets_nothing_in_any_scenario()
    {
        await using var rig = FaultRig.Start("""{ "faults": [ { "fault": "garbage", "keepReply": true } ] }""", isTraced: true);
        var stranger = AaaRig.Pap(3, "alice", "wonderland");
        stranger[^1] ^= 1;

        Assert.Equal(1, (await rig.AskAsync(stranger)).Count(datagram => !FaultRig.Signed(datagram.Octets, stranger)));
        Assert.Contains("\"refused\":\"Unverified\"", rig.Recorded(), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("BLAST-20")]
    public async Task The_attack_turns_a_rejection_into_a_signed_acceptance_without_or_with_the_wrong_message_authenticator()
    {
        var request = AaaRig.Pap(9, "alice", "a wrong password");
        await using var bare = FaultRig.Start(Step("""{ "fault": "blastradius" }"""));
        await using var kept = FaultRig.Start(Step("""{ "fault": "blastradius", "messageAuthenticator": "wrong" }"""));

        var (without, _) = Assert.Single(await bare.AskAsync(request));
        var (with, _) = Assert.Single(await kept.AskAsync(request));

        Assert.Equal((2, 2), (without[0], with[0]));
        Assert.Equal(PacketVerdict.AuthenticWithoutMessageAuthenticator, Authenticators.VerifyReply(without, request.AsSpan(4, 16), AaaRig.SecretOctets));
        Assert.Equal(PacketVerdict.WrongMessageAuthenticator, Authenticators.VerifyReply(with, request.AsSpan(4, 16), AaaRig.SecretOctets));
        Assert.True(RadiusPacket.TryParse(without, out var packet, out _));
        Assert.Equal(2, packet.Attributes.CountOf(33));
    }

    private static string Step(string faults, string when = """{ "user": "alice" }""") => $$"""{ "name": "test", "when": {{when}}, "faults": [ {{faults}} ] }""";
}
