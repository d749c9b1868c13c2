using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using Xunit;

namespace NacGateway.Radius.Tests.Client;

public sealed class ServerHealthTests
{
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_snapshot_counts_requests_and_answers_by_kind_and_tells_how_long_they_took()
    {
        RadiusCode[] codes = [RadiusCode.AccessAccept, RadiusCode.AccessReject, RadiusCode.AccessReject, RadiusCode.AccessChallenge];
        var asked = 0;
        await using var server = new AutoResponder(request => Responder.Reply(request, codes[asked++]));
        await using var group = new RadiusServerGroup([server.Settings("main")], TimeProvider.System);

        foreach (var _ in codes)
        {
            await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        }

        var health = group.Health.Single();
        Assert.Equal(("main", server.EndPoint, ServerState.Alive), (health.Name, health.EndPoint, health.State));
        Assert.Equal((4, 1, 2, 1, 0), (health.Requests, health.Accepts, health.Rejects, health.Challenges, health.Responses));
        Assert.Equal((0, 0, 0, 0), (health.Retransmissions, health.Timeouts, health.Pending, health.Refusals));
        Assert.Equal(4, health.Latency.Count);
        Assert.InRange(health.Latency.P50, TimeSpan.FromTicks(1), health.Latency.P99);
        Assert.NotNull(health.LastAnswer);
        Assert.True(health.RequiresMessageAuthenticator);
        Assert.Null(health.LastError);
        Assert.All(health.Drops, drop => Assert.Equal(0, drop.Value));
    }

    [Fact]
    public async Task Silence_is_counted_and_told_in_words()
    {
        using var silent = new Responder();
        await using var group = new RadiusServerGroup([silent.Settings("silent")], TimeProvider.System);

        await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, TimeSpan.FromSeconds(2.6), Token);

        var health = group.Health.Single();
        Assert.Equal((1, 1, 1, 1, ServerState.Suspect), (health.Requests, health.Retransmissions, health.Timeouts, health.ConsecutiveFailures, health.State));
        Assert.Equal("no answer within 2.6 s", health.LastError);
        Assert.Null(health.LastAnswer);
        Assert.NotNull(health.LastErrorAt);
    }

    [Fact]
    public async Task A_wrong_secret_is_told_apart_from_silence()
    {
        await using var stranger = new AutoResponder(request => Responder.Reply(request, secret: "another"u8.ToArray()));
        await using var group = new RadiusServerGroup([stranger.Settings("stranger")], TimeProvider.System);

        await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, TimeSpan.FromSeconds(0.6), Token);

        var health = group.Health.Single();
        Assert.Contains("shared secret", health.LastError, StringComparison.Ordinal);
        Assert.Equal((ServerState.Suspect, (DateTimeOffset?)null), (health.State, health.LastAnswer));
    }

    [Fact]
    public async Task A_closed_port_is_told_in_words_and_one_request_alone_does_not_make_its_server_dead()
    {
        System.Net.IPEndPoint closed;
        using (var gone = new Responder())
        {
            closed = gone.EndPoint;
        }

        await using var group = new RadiusServerGroup([new RadiusServerSettings { Name = "gone", EndPoint = closed, Secret = Responder.Secret }], TimeProvider.System);

        var result = await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);

        var health = group.Health.Single();
        Assert.Equal((ExchangeStatus.Unreachable, 2), (result.Status, result.Sends));
        Assert.Equal((2, ServerState.Suspect), (health.Refusals, health.State));
        Assert.Contains("nobody listens", health.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_starts_anew_while_it_is_asked_answers_the_repetition()
    {
        System.Net.IPEndPoint closed;
        using (var gone = new Responder())
        {
            closed = gone.EndPoint;
        }

        await using var group = new RadiusServerGroup([new RadiusServerSettings { Name = "main", EndPoint = closed, Secret = Responder.Secret }], TimeProvider.System);
        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        await AutoResponder.UntilAsync(() => group.Health[0].Refusals == 1, "the refusal");

        await using var back = new AutoResponder(at: closed);

        Assert.Equal((ExchangeStatus.Answered, 2), ((await exchange).Status, (await exchange).Sends));
    }

    [Fact]
    public async Task A_protocol_error_sends_the_request_to_the_next_server_at_once_and_is_reported_and_no_reason_to_leave_the_first()
    {
        await using var first = new AutoResponder(NotRoutable);
        await using var second = new AutoResponder();
        await using var group = new RadiusServerGroup([first.Settings("first"), second.Settings("second", priority: 1)], TimeProvider.System);

        for (var n = 0; n < 5; n++)
        {
            var result = await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);

            Assert.Equal((ExchangeStatus.Answered, "second", 2), (result.Status, result.Server!.Name, result.Sends));
            Assert.True(result.Elapsed < TimeSpan.FromSeconds(0.5));
        }

        var health = group.Health[0];
        Assert.Equal((5, 0, ServerState.Alive), (health.ProtocolErrors, health.Timeouts, health.State));
        Assert.Contains("502 (RequestNotRoutable)", health.LastError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RadiusCode.AccessRequest)]
    [InlineData(RadiusCode.AccountingRequest)]
    public async Task A_protocol_error_of_the_only_server_is_the_outcome_with_its_error_cause(RadiusCode code)
    {
        await using var server = new AutoResponder(NotRoutable);
        await using var group = new RadiusServerGroup([server.Settings("main")], TimeProvider.System);

        var result = await group.ExchangeAsync(code, (request, _) => request.UserName = "alice", s_budget, Token);

        Assert.Equal((ExchangeStatus.ProtocolError, ErrorCause.RequestNotRoutable), (result.Status, result.Reply!.ErrorCause));
    }

    [Fact]
    public async Task One_server_alone_shares_the_health_and_the_sockets_of_its_group()
    {
        await using var first = new AutoResponder();
        await using var second = new AutoResponder();
        await using var group = new RadiusServerGroup([first.Settings("first"), second.Settings("second", priority: 1)], TimeProvider.System);

        await using (var alone = group.Only("second")!)
        {
            var result = await alone.ExchangeAsync(RadiusCode.AccessRequest, (request, _) => request.State = "s"u8.ToArray(), s_budget, Token);
            Assert.Equal("second", result.Server!.Name);
        }

        Assert.Equal((0, 1), (group.Health[0].Requests, group.Health[1].Requests));
        Assert.Equal(ExchangeStatus.Answered, (await group.Only("second")!.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token)).Status);
        Assert.Null(group.Only("third"));
    }

    [Fact]
    public void Percentiles_are_those_of_the_last_answers_alone()
    {
        var window = new LatencyWindow();
        Assert.Equal(0, window.Percentiles().Count);
        for (var n = 1; n <= 1000; n++)
        {
            window.Add(TimeSpan.FromHours(1));
        }

        for (var n = LatencyWindow.Size; n >= 1; n--)
        {
            window.Add(TimeSpan.FromMilliseconds(n));
        }

        var seen = window.Percentiles();
        Assert.Equal((512, 256, 487, 507), (seen.Count, (int)seen.P50.TotalMilliseconds, (int)seen.P95.TotalMilliseconds, (int)seen.P99.TotalMilliseconds));
    }

    [Fact]
    public void Who_may_be_a_few_answers_behind_gets_what_was_sorted_before()
    {
        var window = new LatencyWindow();
        for (var n = 0; n < 400; n++)
        {
            window.Add(TimeSpan.FromMilliseconds(1));
        }

        var before = window.Percentiles(staleness: 32);
        window.Add(TimeSpan.FromSeconds(1));

        Assert.Same(before, window.Percentiles(staleness: 32));
        Assert.NotSame(before, window.Percentiles());
    }

    private static byte[]? NotRoutable(RadiusPacket request)
    {
        var reply = new RadiusPacket(RadiusCode.ProtocolError, request.Identifier);
        reply.AddMessageAuthenticator();
        reply.ErrorCause = ErrorCause.RequestNotRoutable;
        var octets = new byte[reply.EncodedLength];
        reply.WriteTo(octets);
        Authenticators.SignReply(octets, request.Authenticator, Responder.Secret);
        return octets;
    }
}
