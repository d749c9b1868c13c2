using System.Net;
using System.Security.Cryptography;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Transport;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Client;

/// <summary>Which replies a client believes, on real sockets.</summary>
public sealed class BeliefTests
{
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Threat A7: half are rejected, and each must get his own verdict, timeout and Class.</summary>
    [Fact]
    [Requirement("RID-8", "RID-9", "RID-6")]
    public async Task Six_hundred_requests_answered_in_reverse_order_get_each_its_own_verdict_timeout_and_class()
    {
        const int Count = 600;
        using var server = new Responder();
        await using var group = new RadiusServerGroup([server.Settings()], TimeProvider.System);

        var exchanges = Enumerable.Range(0, Count).Select(n => group.ExchangeAsync(RadiusCode.AccessRequest, Responder.FillFor($"{n}"), s_budget, Token)).ToArray();
        var requests = new Dictionary<string, (RadiusPacket Request, IPEndPoint From)>(StringComparer.Ordinal);
        while (requests.Count < Count)
        {
            var item = await server.ReceiveAsync(Token);
            requests.TryAdd(item.Request.UserName!, item);
        }

        foreach (var (user, (request, from)) in requests.OrderByDescending(item => int.Parse(item.Key, System.Globalization.CultureInfo.InvariantCulture)))
        {
            await server.SendAsync(Verdict(request, int.Parse(user, System.Globalization.CultureInfo.InvariantCulture)), from, Token);
        }

        var results = await Task.WhenAll(exchanges);
        Assert.All(results.Index(), item =>
        {
            var reply = item.Item.Reply!;
            var accepted = item.Index % 2 == 0;
            Assert.Equal(accepted ? RadiusCode.AccessAccept : RadiusCode.AccessReject, reply.Code);
            Assert.Equal($"{item.Index}", reply.ReplyMessages.Single());
            Assert.Equal(accepted ? (uint?)(1000 + item.Index) : null, reply.SessionTimeout);
            Assert.Equal(accepted ? $"class {item.Index}" : "", string.Concat(reply.Classes.Select(value => System.Text.Encoding.UTF8.GetString(value.Span))));
        });
        Assert.Equal(Count, requests.Values.DistinctBy(item => (item.From.Port, item.Request.Identifier)).Count());
        Assert.True(requests.Values.DistinctBy(item => item.From.Port).Count() >= 3, "600 requests need three source ports");
    }

    [Fact]
    [Requirement("RID-1", "RID-3")]
    public async Task No_two_of_ten_thousand_requests_have_one_authenticator_or_a_constant_octet_in_it()
    {
        await using var server = new AutoResponder();
        await using var group = new RadiusServerGroup([server.Settings("main")], TimeProvider.System);

        for (var batch = 0; batch < 100; batch++)
        {
            await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token)));
        }

        var authenticators = server.Received.Select(item => (item.From.Port, item.Request.Identifier, Authenticator: item.Request.Authenticator.ToArray())).ToList();
        Assert.True(authenticators.Count >= 10_000);

        // A retransmission has the same on purpose; nothing else may.
        Assert.All(authenticators.GroupBy(item => Convert.ToHexString(item.Authenticator), StringComparer.Ordinal), same => Assert.Single(same.Select(item => (item.Port, item.Identifier)).Distinct()));
        Assert.All(Enumerable.Range(0, 16), place => Assert.True(authenticators.DistinctBy(item => item.Authenticator[place]).Count() > 200));
    }

    [Fact]
    [Requirement("RID-7", "RID-2")]
    public async Task Identifiers_are_used_in_turn_so_that_each_rests_as_long_as_it_can()
    {
        await using var server = new AutoResponder();
        await using var client = new RadiusClient(server.Settings("main"), TimeProvider.System, mostSockets: 1);

        for (var n = 0; n < 300; n++)
        {
            var result = await client.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
            if (result.Status == ExchangeStatus.Busy)
            {
                // All 256 were used within the tenth of a second that each rests.
                await Task.Delay(TimeSpan.FromMilliseconds(110), TimeProvider.System, Token);
                n--;
            }
        }

        var identifiers = server.Received.Select(item => (int)item.Request.Identifier).ToArray();
        Assert.Equal(Enumerable.Range(0, 300).Select(n => n % 256), identifiers);
    }

    [Fact]
    [Requirement("RID-4", "RAR-15")]
    public async Task A_retransmission_is_the_same_to_the_last_octet_from_the_same_port()
    {
        using var server = new Responder();
        await using var group = new RadiusServerGroup([server.Settings()], TimeProvider.System);

        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        var (first, firstFrom) = await server.ReceiveAsync(Token);
        var (second, secondFrom) = await server.ReceiveAsync(Token);
        await server.SendAsync(Responder.Reply(second), secondFrom, Token);
        await exchange;

        Assert.Equal(Octets(first), Octets(second));
        Assert.Equal(firstFrom, secondFrom);
        Assert.Equal(1, group.Health[0].Retransmissions);
    }

    [Fact]
    [Requirement("RID-9", "RID-11", "RID-10")]
    public async Task In_a_flood_of_forgeries_the_right_answer_is_found_and_each_forgery_is_counted_by_its_kind()
    {
        const int Each = 200;
        using var server = new Responder();
        using var stranger = new Responder();
        await using var group = new RadiusServerGroup([server.Settings()], TimeProvider.System);
        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        var (request, from) = await server.ReceiveAsync(Token);
        var right = Responder.Reply(request, RadiusCode.AccessReject, message: "right");
        byte[] turned = [(byte)RadiusCode.AccessAccept, .. right[1..]];

        for (var n = 0; n < Each; n++)
        {
            var flipped = (byte[])right.Clone();
            flipped[4 + (n % 16)] ^= (byte)(1 << (n % 8));
            byte[] otherIdentifier = [right[0], (byte)(right[1] + 1 + (n % 255)), .. right[2..]];
            await server.SendAsync(turned, from, Token);
            await server.SendAsync(flipped, from, Token);
            await server.SendAsync(otherIdentifier, from, Token);
            await server.SendAsync(Responder.Reply(request, secret: RandomNumberGenerator.GetBytes(16)), from, Token);
            await stranger.SendAsync(right, from, Token);
        }

        await server.SendAsync(right, from, Token);
        var result = await exchange;
        await server.SendAsync(Responder.Reply(request, message: "second thoughts"), from, Token);
        await AutoResponder.UntilAsync(() => group.Clients[0].Drops.Total == (Each * 4) + 1, "the second answer");

        Assert.Equal((RadiusCode.AccessReject, "right"), (result.Reply!.Code, result.Reply.ReplyMessages.Single()));
        var drops = group.Health[0].Drops;
        Assert.Equal((Each * 3, Each + 1), (drops[DropReason.WrongAuthenticator], drops[DropReason.UnknownIdentifier]));
        Assert.Equal(ServerState.Alive, group.Health[0].State);
    }

    public static TheoryData<RadiusCode> AccessReplies => [RadiusCode.AccessAccept, RadiusCode.AccessReject, RadiusCode.AccessChallenge, RadiusCode.ProtocolError];

    [Theory]
    [MemberData(nameof(AccessReplies))]
    [Requirement("BLAST-3", "BLAST-4", "BLAST-8")]
    public async Task Where_message_authenticator_is_required_a_reply_without_one_is_as_if_nothing_came(RadiusCode code)
    {
        using var server = new Responder();
        await using var group = new RadiusServerGroup([server.Settings()], TimeProvider.System);

        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, TimeSpan.FromSeconds(2.6), Token);
        var (first, from) = await server.ReceiveAsync(Token);
        await server.SendAsync(Responder.Reply(first, code, signed: false), from, Token);
        var (second, _) = await server.ReceiveAsync(Token);
        var result = await exchange;

        Assert.Equal(Octets(first), Octets(second));
        Assert.Equal((ExchangeStatus.MissingMessageAuthenticator, 2), (result.Status, result.Sends));
        Assert.Equal((1, ServerState.Suspect), (group.Health[0].Drops[DropReason.MissingMessageAuthenticator], group.Health[0].State));
        Assert.Contains("Message-Authenticator", group.Health[0].LastError, StringComparison.Ordinal);
        Assert.Null(group.Health[0].LastAnswer);
    }

    [Theory]
    [MemberData(nameof(AccessReplies))]
    [Requirement("BLAST-3", "BLAST-5")]
    public async Task Where_it_is_not_required_the_old_rules_hold(RadiusCode code)
    {
        await using var server = new AutoResponder(request => Responder.Reply(request, code, signed: false));
        await using var group = new RadiusServerGroup([server.Settings("old") with { RequireMessageAuthenticator = false }], TimeProvider.System);

        var result = await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);

        Assert.Equal(code, result.Reply!.Code);
        Assert.False(group.Health[0].RequiresMessageAuthenticator);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Requirement("BLAST-6")]
    public async Task A_message_authenticator_that_is_there_must_be_right_whatever_the_setting(bool required)
    {
        using var server = new Responder();
        await using var group = new RadiusServerGroup([server.Settings(requireMessageAuthenticator: required)], TimeProvider.System);
        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        var (request, from) = await server.ReceiveAsync(Token);

        await server.SendAsync(WrongMessageAuthenticator(request), from, Token);
        await server.SendAsync(Responder.Reply(request, message: "right"), from, Token);

        Assert.Equal("right", (await exchange).Reply!.ReplyMessages.Single());
        Assert.Equal(1, group.Health[0].Drops[DropReason.WrongMessageAuthenticator]);
    }

    [Fact]
    [Requirement("BLAST-5")]
    public async Task Eap_needs_a_message_authenticator_where_the_setting_does_not()
    {
        using var server = new Responder();
        await using var group = new RadiusServerGroup([server.Settings(requireMessageAuthenticator: false)], TimeProvider.System);
        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        var (request, from) = await server.ReceiveAsync(Token);

        await server.SendAsync(Signed2865(request, reply => reply.Attributes.Add(RadiusAttributeType.EapMessage, [3, 0, 0, 4])), from, Token);
        await server.SendAsync(Responder.Reply(request, message: "right"), from, Token);

        Assert.Equal("right", (await exchange).Reply!.ReplyMessages.Single());
        Assert.Equal(1, group.Health[0].Drops[DropReason.WrongMessageAuthenticator]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Requirement("BLAST-7")]
    public async Task Where_message_authenticator_stands_in_a_reply_does_not_matter(bool last)
    {
        await using var server = new AutoResponder(request => Responder.Reply(request, last: last));
        await using var group = new RadiusServerGroup([server.Settings("main")], TimeProvider.System);

        Assert.Equal(ExchangeStatus.Answered, (await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token)).Status);
    }

    /// <summary>CVE-2024-3596: the collision gives the forger a right Response Authenticator over an Accept with his Proxy-State, and no Message-Authenticator.</summary>
    [Fact]
    [Requirement("BLAST-20", "BLAST-19")]
    public async Task The_published_forgery_of_an_accept_does_not_get_in()
    {
        using var server = new Responder();
        await using var group = new RadiusServerGroup([server.Settings()], TimeProvider.System);
        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        var (request, from) = await server.ReceiveAsync(Token);

        await server.SendAsync(Signed2865(request, reply => reply.Attributes.Add(RadiusAttributeType.ProxyState, RandomNumberGenerator.GetBytes(200))), from, Token);
        await server.SendAsync(Responder.Reply(request, RadiusCode.AccessReject), from, Token);

        Assert.Equal(RadiusCode.AccessReject, (await exchange).Reply!.Code);
        Assert.Equal(1, group.Health[0].Drops[DropReason.MissingMessageAuthenticator]);
    }

    /// <summary>A Proxy-State of itself is no attack: whoever drops for it breaks proxies and stops nobody (section 5.4.3).</summary>
    [Fact]
    [Requirement("BLAST-19")]
    public async Task A_signed_reply_with_proxy_state_is_believed()
    {
        await using var server = new AutoResponder(request =>
        {
            var reply = new RadiusPacket(RadiusCode.AccessAccept, request.Identifier);
            reply.AddMessageAuthenticator();
            reply.Attributes.Add(RadiusAttributeType.ProxyState, [1, 2, 3]);
            return Sign(reply, request);
        });
        await using var group = new RadiusServerGroup([server.Settings("main")], TimeProvider.System);

        Assert.Equal(RadiusCode.AccessAccept, (await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token)).Reply!.Code);
    }

    private static string Octets(RadiusPacket packet)
    {
        var octets = new byte[packet.EncodedLength];
        packet.WriteTo(octets);
        return Convert.ToHexString(octets);
    }

    private static byte[] Verdict(RadiusPacket request, int user)
    {
        var reply = new RadiusPacket(user % 2 == 0 ? RadiusCode.AccessAccept : RadiusCode.AccessReject, request.Identifier);
        reply.AddMessageAuthenticator();
        reply.Attributes.Add(RadiusAttributeType.ReplyMessage, System.Text.Encoding.UTF8.GetBytes($"{user}"));
        if (user % 2 == 0)
        {
            reply.SessionTimeout = (uint)(1000 + user);
            reply.Attributes.Add(RadiusAttributeType.Class, System.Text.Encoding.UTF8.GetBytes($"class {user}"));
        }

        return Sign(reply, request);
    }

    /// <summary>A reply that RFC 2865 calls right: the Response Authenticator alone.</summary>
    private static byte[] Signed2865(RadiusPacket request, Action<RadiusPacket> fill)
    {
        var reply = new RadiusPacket(RadiusCode.AccessAccept, request.Identifier);
        fill(reply);
        return Sign(reply, request);
    }

    private static byte[] Sign(RadiusPacket reply, RadiusPacket request)
    {
        var octets = new byte[reply.EncodedLength];
        reply.WriteTo(octets);
        Authenticators.SignReply(octets, request.Authenticator, Responder.Secret);
        return octets;
    }

    /// <summary>Its Response Authenticator is right, for it is computed over the wrong Message-Authenticator.</summary>
    private static byte[] WrongMessageAuthenticator(RadiusPacket request)
    {
        var reply = Responder.Reply(request);
        reply[22] ^= 1;
        request.Authenticator.CopyTo(reply.AsSpan(4));
        var digest = new byte[16];
        RadiusDigest.Md5(reply, Responder.Secret, digest);
        digest.CopyTo(reply, 4);
        return reply;
    }
}
