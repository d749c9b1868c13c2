using System.Buffers.Binary;
using System.Text;
using NacGateway.Aaa;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa;

public sealed class ReplyTests
{
    [Fact]
    public async Task A_long_message_takes_several_attributes_and_no_character_is_cut()
    {
        var text = new string('x', 252) + "é" + new string('€', 200) + "end";
        await using var rig = AaaRig.Start($$"""{ "users": [ { "name": "eve", "reject": true, "rejectMessage": "{{text}}" } ] }""");

        var reply = await rig.PapAsync("eve", "x");

        Assert.Equal(4, reply.ReplyMessages.Count);
        Assert.All(reply.ReplyMessages, part => Assert.InRange(Encoding.UTF8.GetByteCount(part), 1, 253));
        Assert.Equal(text, string.Concat(reply.ReplyMessages));
    }

    [Fact]
    public async Task A_long_question_takes_several_attributes_too()
    {
        var text = new string('q', 600);
        await using var rig = AaaRig.Start($$"""{ "users": [ { "name": "bob", "password": "b", "oneTimeCode": "1", "question": "{{text}}" } ] }""");

        var reply = await rig.PapAsync("bob", "b");

        Assert.Equal([253, 253, 94], reply.ReplyMessages.Select(part => part.Length));
    }

    [Fact]
    public async Task Hidden_reply_attributes_are_hidden_with_the_request_they_answer()
    {
        await using var rig = AaaRig.Start("""
            bob Cleartext-Password := "b"
                MS-MPPE-Send-Key = 0x000102030405060708090a0b0c0d0e0f,
                Tunnel-Password:1 = "tunnel"
            """);

        var exchange = await rig.ExchangeAsync("bob", request => request.AddUserPassword("b"u8, AaaRig.SecretOctets));

        Assert.True(exchange.Reply!.Attributes.TryGetVendor(VendorId.Microsoft, 16, out var hidden));
        var key = new byte[hidden.Length];
        Assert.True(SaltEncryption.TryDecrypt(hidden, AaaRig.SecretOctets, exchange.Request!.Authenticator, key, out var length));
        Assert.Equal("000102030405060708090A0B0C0D0E0F", Convert.ToHexString(key.AsSpan(0, length)));
        Assert.True(exchange.Reply.Attributes.TryGetFirst(69, out var tunnel));
        Assert.NotEqual(BinaryPrimitives.ReadUInt16BigEndian(hidden), BinaryPrimitives.ReadUInt16BigEndian(tunnel[1..]));
    }

    [Fact]
    public async Task An_answer_that_finds_no_room_beside_its_proxy_states_is_not_given()
    {
        var items = string.Join(",\n", Enumerable.Range(0, 10).Select(_ => $"\tReply-Message += \"{new string('x', 250)}\""));
        await using var rig = AaaRig.Start($"bob Cleartext-Password := b\n{items}\nann Cleartext-Password := b\n");

        await rig.Server.DatagramAsync(AaaRig.Pap(1, "bob", "b", AddProxyStates));
        await rig.Server.UntilAsync(RadiusDropReason.NotAnswered, 1);
        var ann = await rig.SendAsync(AaaRig.Pap(2, "ann", "b", AddProxyStates));

        Assert.Equal((RadiusCode.AccessAccept, 12), (ann.Code, ann.ProxyStates.Count));
        Assert.Empty(rig.Logger.Collector.GetSnapshot());
    }

    [Fact]
    public async Task The_users_of_the_demo_get_the_answers_that_are_documented()
    {
        await using var rig = AaaRig.Start(UserDirectory.Load(Path.Combine(Repository.Root, "seeds", "demo-users.json")));

        var alice = await rig.PapAsync("alice", "wonderland");
        var challenge = await rig.PapAsync("bob", "builder");
        var bob = await rig.PapAsync("bob", "123456", challenge.State);
        var eve = await rig.PapAsync("eve", "anything");

        Assert.Equal((RadiusCode.AccessAccept, 28800u, 1800u), (alice.Code, alice.SessionTimeout, alice.IdleTimeout));
        Assert.Equal("demo-staff"u8, Assert.Single(alice.Classes).Span);
        Assert.Equal((RadiusCode.AccessChallenge, Prompt.Echo), (challenge.Code, challenge.Prompt));
        Assert.Contains("123456", Assert.Single(challenge.ReplyMessages), StringComparison.Ordinal);
        Assert.Equal((RadiusCode.AccessAccept, 3600u), (bob.Code, bob.SessionTimeout));
        Assert.Equal((RadiusCode.AccessReject, "Your account is locked. Please see the service desk."), (eve.Code, Assert.Single(eve.ReplyMessages)));
    }

    private static void AddProxyStates(RadiusPacket packet)
    {
        for (var i = 0; i < 12; i++)
        {
            packet.Attributes.Add(RadiusAttributeType.ProxyState, new byte[200]);
        }
    }
}
