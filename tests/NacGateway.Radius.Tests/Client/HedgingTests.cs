using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Transport;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Client;

public sealed class HedgingTests
{
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("RTX-7")]
    public async Task When_the_first_is_slow_the_second_is_asked_long_before_the_budget_is_gone()
    {
        using var slow = new Responder();
        await using var second = new AutoResponder();
        await using var group = new RadiusServerGroup([slow.Settings("slow"), second.Settings("second", priority: 1)], TimeProvider.System);

        var result = await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);

        Assert.Equal((ExchangeStatus.Answered, "second", 2), (result.Status, result.Server!.Name, result.Sends));
        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(1.8));
    }

    [Fact]
    public async Task The_first_may_still_answer_while_the_second_is_asked()
    {
        using var slow = new Responder();
        using var second = new Responder();
        await using var group = new RadiusServerGroup([slow.Settings("slow"), second.Settings("second", priority: 1)], TimeProvider.System);

        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        var (request, from) = await slow.ReceiveAsync(Token);
        await second.ReceiveAsync(Token);
        await slow.SendAsync(Responder.Reply(request, RadiusCode.AccessReject), from, Token);
        var result = await exchange;

        Assert.Equal((RadiusCode.AccessReject, "slow"), (result.Reply!.Code, result.Server!.Name));
    }

    [Fact]
    [Requirement("RID-6", "RID-10")]
    public async Task The_answer_of_the_one_that_lost_is_counted_as_late_and_taken_for_nobody_else()
    {
        using var slow = new Responder();
        await using var second = new AutoResponder();
        await using var group = new RadiusServerGroup([slow.Settings("slow"), second.Settings("second", priority: 1)], TimeProvider.System);
        await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        var (request, from) = await slow.ReceiveAsync(Token);

        var next = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        var (nextRequest, nextFrom) = await slow.ReceiveAsync(Token);
        await slow.SendAsync(Responder.Reply(request, message: "late"), from, Token);
        await AutoResponder.UntilAsync(() => group.Clients[0].Drops[DropReason.Late] == 1, "the late answer");
        await slow.SendAsync(Responder.Reply(request, message: "later still"), from, Token);
        await slow.SendAsync(Responder.Reply(nextRequest, message: "in time"), nextFrom, Token);
        var result = await next;

        Assert.Equal("in time", result.Reply!.ReplyMessages.Single());
        Assert.NotEqual((request.Identifier, from.Port), (nextRequest.Identifier, nextFrom.Port));
        Assert.Equal((1, 1, 2), (group.Clients[0].Drops[DropReason.Late], group.Clients[0].Drops[DropReason.UnknownIdentifier], group.Clients[0].Drops.Total));
        Assert.Equal((1, 0), (group.Health[0].Abandoned, group.Health[0].Pending));
    }

    [Fact]
    public async Task A_server_that_answers_in_time_is_asked_alone()
    {
        await using var first = new AutoResponder();
        await using var second = new AutoResponder();
        await using var group = new RadiusServerGroup([first.Settings("first"), second.Settings("second", priority: 1)], TimeProvider.System);

        for (var n = 0; n < 50; n++)
        {
            await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        }

        Assert.Equal((50, 0), (first.Received.Count, second.Received.Count));
    }

    public static TheoryData<string, RadiusCode, RadiusRequestTemplate, FailoverMode> OneAfterTheOther => new()
    {
        { "an answer to a challenge", RadiusCode.AccessRequest, (request, _) => request.State = "s"u8.ToArray(), FailoverMode.Automatic },
        { "EAP", RadiusCode.AccessRequest, (request, _) => { request.AddMessageAuthenticator(); request.Attributes.Add(RadiusAttributeType.EapMessage, [2, 0, 0, 4]); }, FailoverMode.Automatic },
        { "MS-CHAP", RadiusCode.AccessRequest, (request, _) => request.AddMsChap2Response(1, new byte[16], new byte[16], "alice"u8, "wonderland"u8), FailoverMode.Automatic },
        { "accounting", RadiusCode.AccountingRequest, (request, _) => request.UserName = "alice", FailoverMode.Automatic },
        { "as told", RadiusCode.AccessRequest, Responder.Fill, FailoverMode.Sequential },
    };

    [Theory]
    [MemberData(nameof(OneAfterTheOther), DisableDiscoveryEnumeration = true)]
    public async Task What_may_not_be_asked_of_two_at_once_goes_to_the_second_when_the_first_had_its_share(string what, RadiusCode code, RadiusRequestTemplate fill, FailoverMode mode)
    {
        using var silent = new Responder();
        await using var second = new AutoResponder(request => Responder.Reply(request, request.Code == RadiusCode.AccountingRequest ? RadiusCode.AccountingResponse : RadiusCode.AccessAccept));
        await using var group = new RadiusServerGroup([silent.Settings("silent"), second.Settings("second", priority: 1)], TimeProvider.System);

        var result = await group.ExchangeAsync(code, fill, TimeSpan.FromSeconds(5), mode, Token);

        Assert.True(result.Status == ExchangeStatus.Answered, what);
        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(2.4), TimeSpan.FromSeconds(3.5));
    }

    [Fact]
    public async Task Accounting_is_hedged_when_told()
    {
        using var silent = new Responder();
        await using var second = new AutoResponder(request => Responder.Reply(request, RadiusCode.AccountingResponse));
        await using var group = new RadiusServerGroup([silent.Settings("silent"), second.Settings("second", priority: 1)], TimeProvider.System);

        var result = await group.ExchangeAsync(RadiusCode.AccountingRequest, (request, _) => request.UserName = "alice", s_budget, FailoverMode.Hedged, Token);

        Assert.Equal("second", result.Server!.Name);
        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task What_nobody_foresaw_at_one_server_does_not_take_the_request_from_the_other()
    {
        await using var second = new AutoResponder();
        var broken = second.Settings("broken") with { EndPoint = new FickleEndPoint(second.EndPoint) { Fault = new InvalidOperationException("something else") } };
        await using var group = new RadiusServerGroup([broken, second.Settings("second", priority: 1)], TimeProvider.System);
        await using var alone = new RadiusServerGroup([broken], TimeProvider.System);

        var result = await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        var failed = await alone.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);

        Assert.Equal((ExchangeStatus.Answered, "second"), (result.Status, result.Server!.Name));
        Assert.Equal(ExchangeStatus.Unreachable, failed.Status);
        Assert.Contains("something else", failed.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_leaves_leaves_no_request_behind()
    {
        using var first = new Responder();
        using var second = new Responder();
        await using var group = new RadiusServerGroup([first.Settings("first"), second.Settings("second", priority: 1)], TimeProvider.System);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, leave.Token);
        await second.ReceiveAsync(Token);

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exchange);
        Assert.All(group.Health, server => Assert.Equal((0, 1), (server.Pending, server.Abandoned)));
    }

    [Fact]
    public async Task A_wrong_secret_at_one_and_silence_at_the_other_are_told_as_the_wrong_secret()
    {
        await using var stranger = new AutoResponder(request => Responder.Reply(request, secret: "another"u8.ToArray()));
        using var silent = new Responder();
        await using var group = new RadiusServerGroup([stranger.Settings("stranger"), silent.Settings("silent", priority: 1)], TimeProvider.System);

        var result = await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, TimeSpan.FromSeconds(1.6), Token);

        Assert.Equal((ExchangeStatus.WrongSecret, "stranger"), (result.Status, result.Server!.Name));
    }

    [Fact]
    [Requirement("RID-5")]
    public async Task Each_server_is_asked_with_an_authenticator_of_its_own_under_its_own_secret()
    {
        using var first = new Responder();
        using var second = new Responder();
        await using var group = new RadiusServerGroup([first.Settings("first"), second.Settings("second", priority: 1) with { Secret = "the second's own secret"u8.ToArray() }], TimeProvider.System);

        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        var (one, _) = await first.ReceiveAsync(Token);
        var (two, from) = await second.ReceiveAsync(Token);
        await second.SendAsync(Responder.Reply(two, secret: "the second's own secret"u8.ToArray()), from, Token);

        Assert.Equal(ExchangeStatus.Answered, (await exchange).Status);
        Assert.False(one.Authenticator.SequenceEqual(two.Authenticator));
    }
}
