using System.Net;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Transport;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Client;

public sealed class RadiusServerGroupTests
{
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RadiusCode.AccessAccept)]
    [InlineData(RadiusCode.AccessReject)]
    [InlineData(RadiusCode.AccessChallenge)]
    public async Task An_authentic_reply_is_the_answer(RadiusCode code)
    {
        using var server = new Responder();
        await using var group = new RadiusServerGroup([server.Settings()], TimeProvider.System);

        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        var (request, from) = await server.ReceiveAsync(Token);
        await server.SendAsync(Responder.Reply(request, code, last: true), from, Token);
        var result = await exchange;

        Assert.Equal(ExchangeStatus.Answered, result.Status);
        Assert.Equal(code, result.Reply!.Code);
        Assert.Equal("main", result.Server!.Name);
        Assert.Equal(request.Authenticator, result.Request!.Authenticator);
    }

    [Fact]
    [Requirement("RID-8", "RID-6", "RID-1")]
    public async Task A_thousand_requests_in_flight_get_each_its_own_answer_whatever_the_order()
    {
        const int Count = 1000;
        using var server = new Responder();
        await using var group = new RadiusServerGroup([server.Settings()], TimeProvider.System);

        var exchanges = Enumerable.Range(0, Count).Select(n => group.ExchangeAsync(RadiusCode.AccessRequest, Responder.FillFor($"user{n}"), s_budget, Token)).ToArray();
        var requests = new List<(RadiusPacket Request, IPEndPoint From)>();
        while (requests.DistinctBy(item => item.Request.UserName, StringComparer.Ordinal).Count() < Count)
        {
            requests.Add(await server.ReceiveAsync(Token));
        }

        foreach (var (request, from) in requests.AsEnumerable().Reverse())
        {
            await server.SendAsync(Responder.Reply(request), from, Token);
        }

        var results = await Task.WhenAll(exchanges);
        Assert.All(results.Select((result, n) => (result, n)), item => Assert.Equal($"user{item.n}", item.result.Reply!.ReplyMessages.Single()));
        Assert.True(requests.DistinctBy(item => item.From.Port).Count() >= 4, "256 Identifiers a port are not enough for a thousand");
        Assert.Equal(requests.Count, requests.DistinctBy(item => Convert.ToHexString(item.Request.Authenticator), StringComparer.Ordinal).Count());
    }

    [Fact]
    [Requirement("RID-9", "RID-11")]
    public async Task What_cannot_be_believed_is_counted_and_read_past()
    {
        using var server = new Responder();
        using var stranger = new Responder();
        await using var group = new RadiusServerGroup([server.Settings()], TimeProvider.System);
        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        var (request, from) = await server.ReceiveAsync(Token);

        var good = Responder.Reply(request, message: "good");
        var otherIdentifier = (byte[])good.Clone();
        otherIdentifier[1]++;
        await stranger.SendAsync(good, from, Token);
        await server.SendAsync(otherIdentifier, from, Token);
        await server.SendAsync(Responder.Reply(request, secret: "another"u8.ToArray()), from, Token);
        await server.SendAsync(Responder.Reply(request, signed: false), from, Token);
        await server.SendAsync(Responder.Reply(request, RadiusCode.AccountingResponse), from, Token);
        await server.SendAsync(good[..^1], from, Token);
        await server.SendAsync([], from, Token);
        var random = new Random(20261123);
        for (var n = 0; n < 100; n++)
        {
            var noise = new byte[random.Next(1, 200)];
            random.NextBytes(noise);
            await server.SendAsync(noise, from, Token);
        }

        Assert.False(exchange.IsCompleted);
        await server.SendAsync(good, from, Token);
        var result = await exchange;

        Assert.Equal("good", result.Reply!.ReplyMessages.Single());
        var drops = group.Clients[0].Drops;
        Assert.Equal((1, 1, 1), (drops[DropReason.WrongAuthenticator], drops[DropReason.MissingMessageAuthenticator], drops[DropReason.WrongCode]));
        Assert.True(drops[DropReason.Malformed] >= 2);
        Assert.Equal(106, drops.Total);
    }

    [Fact]
    [Requirement("RID-2", "RID-4", "RTX-1")]
    public async Task A_lost_request_is_sent_again_octet_for_octet()
    {
        using var server = new Responder();
        await using var group = new RadiusServerGroup([server.Settings()], TimeProvider.System);

        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        var (first, _) = await server.ReceiveAsync(Token);
        var (second, from) = await server.ReceiveAsync(Token);
        await server.SendAsync(Responder.Reply(second), from, Token);
        var result = await exchange;

        Assert.Equal((first.Identifier, Convert.ToHexString(first.Authenticator), 2), (second.Identifier, Convert.ToHexString(second.Authenticator), result.Sends));
        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(1.8), s_budget);
    }

    [Fact]
    public async Task Replies_under_another_secret_are_told_as_a_wrong_secret()
    {
        using var server = new Responder();
        await using var group = new RadiusServerGroup([server.Settings()], TimeProvider.System);

        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, TimeSpan.FromSeconds(1), Token);
        var (request, from) = await server.ReceiveAsync(Token);
        await server.SendAsync(Responder.Reply(request, secret: "another"u8.ToArray()), from, Token);

        Assert.Equal(ExchangeStatus.WrongSecret, (await exchange).Status);
    }

    [Theory]
    [InlineData(true, ExchangeStatus.MissingMessageAuthenticator)]
    [InlineData(false, ExchangeStatus.Answered)]
    [Requirement("BLAST-3", "BLAST-4", "BLAST-5")]
    public async Task A_reply_without_message_authenticator_counts_only_where_the_setting_says_so(bool required, ExchangeStatus expected)
    {
        using var server = new Responder();
        await using var group = new RadiusServerGroup([server.Settings(requireMessageAuthenticator: required)], TimeProvider.System);

        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, TimeSpan.FromSeconds(1), Token);
        var (request, from) = await server.ReceiveAsync(Token);
        await server.SendAsync(Responder.Reply(request, signed: false), from, Token);

        Assert.Equal(expected, (await exchange).Status);
    }

    [Fact]
    [Requirement("RTX-7")]
    public async Task A_silent_first_server_leaves_time_for_the_second_inside_one_budget()
    {
        using var silent = new Responder();
        using var second = new Responder();
        await using var group = new RadiusServerGroup([second.Settings("second", priority: 1), silent.Settings("silent")], TimeProvider.System);

        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, TimeSpan.FromSeconds(3), Token);
        var (request, from) = await second.ReceiveAsync(Token);
        await second.SendAsync(Responder.Reply(request), from, Token);
        var result = await exchange;

        Assert.Equal((ExchangeStatus.Answered, "second"), (result.Status, result.Server!.Name));
        Assert.True(result.Elapsed < TimeSpan.FromSeconds(3));
        var other = Assert.Single(result.PassedOver);
        Assert.Equal(("silent", null), (other.Name, other.Status));
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_no_reason_to_wait()
    {
        IPEndPoint closed;
        using (var gone = new Responder())
        {
            closed = gone.EndPoint;
        }

        using var second = new Responder();
        await using var group = new RadiusServerGroup([second.Settings() with { Name = "gone", EndPoint = closed, Priority = -1 }, second.Settings()], TimeProvider.System);
        for (var n = 0; n < 2; n++)
        {
            var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
            var (request, from) = await second.ReceiveAsync(Token);
            await second.SendAsync(Responder.Reply(request), from, Token);
            var result = await exchange;

            Assert.Equal((ExchangeStatus.Answered, 2), (result.Status, result.Sends));
            Assert.True(result.Elapsed < TimeSpan.FromSeconds(0.5));
        }

        // One ICMP error, or two at once, are signs and no verdict.
        Assert.Equal([ServerState.Suspect, ServerState.Alive], group.Health.Select(server => server.State));
    }

    [Fact]
    public async Task Nobody_at_all_is_an_outcome_and_no_exception()
    {
        IPEndPoint closed;
        using (var gone = new Responder())
        {
            closed = gone.EndPoint;
        }

        await using var empty = new RadiusServerGroup([], TimeProvider.System);
        await using var group = new RadiusServerGroup([new RadiusServerSettings { Name = "gone", EndPoint = closed, Secret = Responder.Secret }], TimeProvider.System);

        Assert.Equal(ExchangeStatus.NoServer, (await empty.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token)).Status);
        var unreachable = await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        Assert.Equal(ExchangeStatus.Unreachable, unreachable.Status);
        Assert.Empty(unreachable.PassedOver);
    }

    [Fact]
    [Requirement("RID-6")]
    public async Task More_requests_than_there_are_identifiers_are_refused_and_not_mixed_up()
    {
        using var silent = new Responder();
        await using var client = new RadiusClient(silent.Settings(), TimeProvider.System, mostSockets: 1);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = Enumerable.Range(0, 256).Select(_ => client.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, enough.Token)).ToArray();

        var result = await client.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        await enough.CancelAsync();

        Assert.Equal((ExchangeStatus.Busy, 0), (result.Status, result.Sends));
        foreach (var cancelled in waiting)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        }
    }

    [Fact]
    public async Task Disposing_ends_what_waits()
    {
        using var silent = new Responder();
        var group = new RadiusServerGroup([silent.Settings()], TimeProvider.System);
        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        await silent.ReceiveAsync(Token);

        await group.DisposeAsync();

        Assert.Equal(ExchangeStatus.Unreachable, (await exchange).Status);
    }
}
