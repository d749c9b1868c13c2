using System.Net;
using System.Net.Sockets;
using NacGateway.Aaa;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa;

public sealed class AaaServerFaultTests
{
    private const string Users = """
        alice Cleartext-Password := "wonderland"
              Session-Timeout = 60
        bob   Cleartext-Password := "builder", One-Time-Code := "1"
        guest Auth-Type := Accept
        eve   Auth-Type := Reject
              Reply-Message = "no"
        """;

    private static UserDirectory Few { get; } = new([new AaaUser { Name = "alice", Password = "wonderland" }]);

    [Fact]
    public async Task An_unsigned_request_is_dropped_unless_its_nas_may()
    {
        await using var rig = AaaRig.Start(Users);

        await rig.Server.DatagramAsync(Unsigned(1));
        await rig.Server.UntilAsync(RadiusDropReason.MissingMessageAuthenticator, 1);

        Assert.Empty(rig.Events);
    }

    [Fact]
    public async Task An_unsigned_request_is_answered_where_its_nas_may_and_the_answer_is_signed()
    {
        await using var rig = AaaRig.Start(Users, requireMessageAuthenticator: false);

        var reply = await rig.SendAsync(Unsigned(1));

        Assert.Equal(RadiusCode.AccessAccept, reply.Code);
        Assert.Equal(RadiusAttributeType.MessageAuthenticator, reply.Attributes.First().Type);
    }

    [Fact]
    [Requirement("BLAST-15")]
    public async Task Who_lacks_message_authenticator_is_told_once_a_second_where_that_is_switched_on()
    {
        await using var rig = AaaRig.Start(Few, change: settings => settings with { TellsMissingMessageAuthenticator = true });

        var told = await rig.SendAsync(Unsigned(1));
        await rig.Server.DatagramAsync(Unsigned(2));
        await rig.Server.UntilAsync(RadiusDropReason.MissingMessageAuthenticator, 2);
        Assert.Equal(1, rig.Server.Counters.Answered);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        var again = await rig.SendAsync(Unsigned(3));

        Assert.Equal((RadiusCode.AccessReject, ErrorCause.MissingMessageAuthenticator), (told.Code, told.ErrorCause));
        Assert.Equal(RadiusAttributeType.MessageAuthenticator, told.Attributes.First().Type);
        Assert.Equal(ErrorCause.MissingMessageAuthenticator, again.ErrorCause);
        Assert.Empty(rig.Events);
    }

    [Fact]
    [Requirement("BLAST-14")]
    public async Task A_message_authenticator_is_believed_wherever_it_stands()
    {
        await using var rig = AaaRig.Start(Users);

        var reply = await rig.SendAsync(AaaRig.Pap(1, "alice", "wonderland", packet =>
        {
            packet.Attributes.RemoveAll(RadiusAttributeType.MessageAuthenticator);
            packet.Attributes.Add(RadiusAttributeType.MessageAuthenticator, new byte[16]);
        }));

        Assert.Equal(RadiusCode.AccessAccept, reply.Code);
    }

    [Fact]
    [Requirement("BLAST-16")]
    public async Task A_rejection_waits_as_long_as_was_said_and_up_to_half_as_long_again()
    {
        await using var rig = AaaRig.Start(Few, change: settings => settings with { RejectDelay = TimeSpan.FromSeconds(2), Seed = 1 });
        for (var n = 0; n < 100; n++)
        {
            await rig.Server.DatagramAsync(AaaRig.Pap(n, "alice", "a wrong password"));
        }

        await ServerProbes.UntilAsync(() => rig.Events.Count == 100);
        List<long> answered = [];
        foreach (var milliseconds in new[] { 1999, 501, 500, 1 })
        {
            rig.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            var reply = await rig.SendAsync(AaaRig.Pap(1000 + milliseconds, "alice", "wonderland"));
            Assert.Equal(RadiusCode.AccessAccept, reply.Code);
            answered.Add(rig.Server.Counters.Answered);
        }

        await ServerProbes.UntilAsync(() => rig.Server.Counters.Answered == 104);
        Assert.InRange(answered[1], 20, 80);
    }

    [Fact]
    public async Task A_request_of_another_kind_is_not_answered()
    {
        await using var rig = AaaRig.Start(Users);
        var accounting = new RadiusPacket(RadiusCode.AccountingRequest, 1) { UserName = "alice" };

        await rig.Server.DatagramAsync(AaaRig.Sign(accounting));
        await rig.Server.UntilAsync(RadiusDropReason.NotAnswered, 1);

        Assert.Empty(rig.Events);
    }

    [Fact]
    public async Task Random_datagrams_are_dropped_and_a_user_is_still_served()
    {
        await using var rig = AaaRig.Start(Users);
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var random = new Random(20261123);
        for (var i = 0; i < 1000; i++)
        {
            var datagram = i % 2 == 0 ? new byte[random.Next(0, 400)] : AaaRig.Pap(i, "alice", "wonderland");
            if (i % 2 == 0)
            {
                random.NextBytes(datagram);
            }
            else
            {
                datagram[random.Next(datagram.Length)] ^= (byte)(1 << random.Next(8));
            }

            await socket.SendAsync(datagram, rig.Server.AuthenticationEndPoint, TestContext.Current.CancellationToken);
            await ServerProbes.UntilAsync(() => Enum.GetValues<RadiusDropReason>().Sum(rig.Server.Counters.Dropped) == i + 1);
        }

        Assert.Equal(RadiusCode.AccessAccept, (await rig.PapAsync("alice", "wonderland")).Code);
        Assert.All(rig.Logger.Collector.GetSnapshot(), line => Assert.Null(line.Exception));
    }

    [Fact]
    public async Task Signed_requests_with_random_attributes_are_answered_each_and_nothing_is_logged()
    {
        await using var rig = AaaRig.Start(Users);
        var random = new Random(19991231);
        string[] names = ["alice", "bob", "guest", "eve", "nobody"];
        byte[] types = [1, 2, 3, 24, 33, 60, 79, 80, 26];
        for (var i = 0; i < 1000; i++)
        {
            var packet = new RadiusPacket(RadiusCode.AccessRequest, (byte)i) { UserName = names[random.Next(names.Length)] };
            random.NextBytes(packet.Authenticator);
            packet.AddMessageAuthenticator();
            for (var n = random.Next(0, 6); n > 0; n--)
            {
                var type = types[random.Next(types.Length)];
                var value = new byte[random.Next(0, 254)];
                random.NextBytes(value);
                if (type == RadiusAttributeType.VendorSpecific)
                {
                    packet.Attributes.AddVendor(VendorId.Microsoft, random.Next(2) == 0 ? MicrosoftAttributeType.Chap2Response : MicrosoftAttributeType.ChapChallenge, new byte[random.Next(2) == 0 ? 16 : 50]);
                }
                else if (type != RadiusAttributeType.MessageAuthenticator && type != RadiusAttributeType.EapMessage)
                {
                    packet.Attributes.Add(type, value);
                }
            }

            await rig.SendAsync(AaaRig.Sign(packet));
        }

        Assert.Equal(1000, rig.Events.Count);
        Assert.DoesNotContain(rig.Events, item => item.Answer == RadiusCode.AccessAccept && item.UserName != "guest");
        Assert.Empty(rig.Logger.Collector.GetSnapshot());
    }

    private static byte[] Unsigned(int seed) => AaaRig.Pap(seed, "alice", "wonderland", packet => packet.Attributes.RemoveAll(RadiusAttributeType.MessageAuthenticator));
}
