using Microsoft.Extensions.Time.Testing;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Transport;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Client;

/// <summary>The watchdog on a clock of the test and on real sockets.</summary>
public sealed class StatusServerTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("RSTS-1", "RSTS-7")]
    public async Task A_question_has_a_signed_authenticator_and_our_name_and_nothing_of_anybody()
    {
        await using var server = new AutoResponder();
        await using var group = Group(server);

        var request = await NextAsync(group, server);

        var octets = new byte[request.EncodedLength];
        request.WriteTo(octets);
        Assert.Equal(RadiusCode.StatusServer, request.Code);
        Assert.Equal([RadiusAttributeType.MessageAuthenticator, RadiusAttributeType.NasIdentifier], Types(request));
        Assert.Equal("gateway 7", request.NasIdentifier);
        Assert.Equal(PacketVerdict.Authentic, Authenticators.VerifyRequest(octets, Responder.Secret));
    }

    [Fact]
    [Requirement("RSTS-2", "RAR-14")]
    public async Task Nothing_is_asked_unless_told_so_however_long_it_is_quiet()
    {
        await using var server = new AutoResponder();
        await using var group = new RadiusServerGroup([server.Settings("main")], _time);
        Assert.False(group.Clients[0].Server.StatusServer);

        for (var minute = 0; minute < 10; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        // A request shows that the socket works; it comes alone.
        await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, TimeSpan.FromSeconds(10), Token);
        Assert.Equal([RadiusCode.AccessRequest], server.Received.Select(item => item.Request.Code));
    }

    [Fact]
    [Requirement("RSTS-3", "RTX-8")]
    public async Task A_question_without_an_answer_is_not_repeated_the_next_one_is_another_and_no_sooner_than_six_seconds()
    {
        await using var server = new AutoResponder(AutoResponder.Silence);
        await using var group = Group(server, interval: 6);
        List<(string Octets, TimeSpan At)> asked = [];
        var started = _time.GetUtcNow();

        for (var n = 0; n < 10; n++)
        {
            var request = await NextAsync(group, server);
            asked.Add(($"{request.Identifier} {Convert.ToHexString(request.Authenticator)}", _time.GetUtcNow() - started));
        }

        Assert.Equal(10, asked.DistinctBy(item => item.Octets, StringComparer.Ordinal).Count());
        Assert.All(asked.Zip(asked.Skip(1)), pair => Assert.InRange((pair.Second.At - pair.First.At).TotalSeconds, 6, 20));
        Assert.Equal(0, group.Health[0].Retransmissions);
    }

    [Fact]
    [Requirement("RTX-8")]
    public async Task The_watchdog_asks_after_half_a_minute_give_or_take_two_seconds()
    {
        await using var server = new AutoResponder();
        await using var group = Group(server);
        List<double> waits = [];

        for (var n = 0; n < 6; n++)
        {
            var from = _time.GetUtcNow();
            await NextAsync(group, server, step: 0.2);
            waits.Add((_time.GetUtcNow() - from).TotalSeconds);
            await AutoResponder.UntilAsync(() => group.Health[0].StatusAnswers == n + 1, "the answer");
        }

        Assert.All(waits, wait => Assert.InRange(wait, 27.9, 33));
        Assert.True(waits.Max() - waits.Min() > 0.3, "the intervals differ, lest many gateways ask in step");
    }

    [Fact]
    [Requirement("RTX-8")]
    public async Task Any_answer_puts_the_question_off()
    {
        await using var server = new AutoResponder();
        await using var group = Group(server);

        for (var n = 0; n < 20; n++)
        {
            _time.Advance(TimeSpan.FromSeconds(20));
            await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, TimeSpan.FromSeconds(10), Token);
        }

        Assert.DoesNotContain(server.Received, item => item.Request.Code == RadiusCode.StatusServer);
    }

    [Theory]
    [InlineData(RadiusCode.AccessAccept, true)]
    [InlineData(RadiusCode.AccountingResponse, true)]
    [InlineData(RadiusCode.AccessReject, false)]
    [InlineData(RadiusCode.AccessChallenge, false)]
    [InlineData(RadiusCode.ProtocolError, false)]
    [InlineData(RadiusCode.CoaAck, false)]
    [InlineData(RadiusCode.StatusServer, false)]
    [Requirement("RSTS-5", "RSTS-6")]
    public async Task Accept_and_accounting_response_are_signs_of_life_and_nothing_else_is_and_none_grants_anything(RadiusCode code, bool accepted)
    {
        await using var server = new AutoResponder(request => Responder.Reply(request, code));
        await using var group = Group(server);

        await NextAsync(group, server);
        await AutoResponder.UntilAsync(() => accepted ? group.Health[0].StatusAnswers == 1 : group.Health[0].Drops[DropReason.WrongCode] == 1, $"{code}");

        var health = group.Health[0];
        Assert.Equal(accepted, health.LastAnswer is not null);
        Assert.Equal((0, 0, 0, 0), (health.Requests, health.Accepts, health.Responses, health.Latency.Count));
    }

    [Fact]
    [Requirement("RSTS-5")]
    public async Task An_answer_with_a_wrong_authenticator_is_no_sign_of_life()
    {
        await using var server = new AutoResponder(request => Responder.Reply(request, secret: "another"u8.ToArray()));
        await using var group = Group(server);

        await NextAsync(group, server);
        await AutoResponder.UntilAsync(() => group.Health[0].Drops[DropReason.WrongAuthenticator] == 1, "the forgery");

        Assert.Null(group.Health[0].LastAnswer);
    }

    [Fact]
    [Requirement("RSTS-4", "RID-6")]
    public async Task A_question_shares_no_identifier_with_a_request_that_waits()
    {
        await using var server = new AutoResponder(request => request.Code == RadiusCode.StatusServer ? AutoResponder.Accept(request) : null);
        await using var group = Group(server, interval: 6);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = Enumerable.Range(0, 255).Select(_ => group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, TimeSpan.FromSeconds(30), enough.Token)).ToArray();

        await NextAsync(group, server);

        var live = server.Received.Select(item => (item.From.Port, item.Request.Identifier, Convert.ToHexString(item.Request.Authenticator))).Distinct().ToArray();
        Assert.Equal(live.Length, live.DistinctBy(item => (item.Port, item.Identifier)).Count());
        await enough.CancelAsync();
        await Task.WhenAll(waiting).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task A_server_that_has_answered_dies_and_comes_back_by_status_server_alone()
    {
        await using var server = new AutoResponder();
        await using var group = Group(server);
        await NextAsync(group, server);
        await AutoResponder.UntilAsync(() => group.Health[0].StatusAnswers == 1, "the first answer");

        server.Answer = AutoResponder.Silence;
        await AdvanceUntilAsync(() => group.Health[0].State == ServerState.Dead);
        server.Answer = AutoResponder.Accept;
        for (var n = 0; n < 3; n++)
        {
            var answers = group.Health[0].StatusAnswers;
            await NextAsync(group, server);
            await AutoResponder.UntilAsync(() => group.Health[0].StatusAnswers > answers, "an answer");
        }

        Assert.Equal((ServerState.Alive, 4), (group.Health[0].State, group.Health[0].StatusAnswers));
        Assert.All(server.Received, item => Assert.Equal(RadiusCode.StatusServer, item.Request.Code));
    }

    [Fact]
    public async Task A_server_that_never_answers_status_server_is_not_held_to_be_dead_for_it()
    {
        await using var server = new AutoResponder(AutoResponder.Silence);
        await using var group = Group(server);

        for (var n = 0; n < 6; n++)
        {
            await NextAsync(group, server);
        }

        var health = group.Health[0];
        Assert.Equal((ServerState.Alive, 0), (health.State, health.ConsecutiveFailures));
        Assert.Contains("Status-Server", health.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_gave_up_status_server_and_was_held_to_be_dead_is_found_by_a_request()
    {
        await using var server = new AutoResponder();
        await using var second = new AutoResponder();
        await using var group = Group(server, others: [second.Settings("second", priority: 1)]);
        await NextAsync(group, server);
        await AutoResponder.UntilAsync(() => group.Health[0].StatusAnswers == 1, "the first answer");
        server.Answer = IgnoreStatusServer;
        await AdvanceUntilAsync(() => group.Health[0].State == ServerState.Dead);
        var died = _time.GetUtcNow();

        while (group.Health[0].State != ServerState.Alive)
        {
            Assert.True(_time.GetUtcNow() - died < TimeSpan.FromMinutes(10), "it answers each request, and is sent none");
            _time.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(ExchangeStatus.Answered, (await AskAsync(group)).Status);
            await AutoResponder.UntilAsync(() => group.Health[0].Pending == 0, "the end of the trial");
        }

        Assert.True(_time.GetUtcNow() - died > TimeSpan.FromMinutes(4), "Status-Server should tell, and requests are wanted elsewhere");
    }

    [Fact]
    public async Task A_server_that_answers_requests_and_no_more_status_server_is_not_held_to_be_dead_for_it()
    {
        await using var server = new AutoResponder();
        await using var group = Group(server);
        await NextAsync(group, server);
        await AutoResponder.UntilAsync(() => group.Health[0].StatusAnswers == 1, "the first answer");
        server.Answer = IgnoreStatusServer;
        for (var n = 0; n < 3; n++)
        {
            await AdvanceUntilAsync(() => group.Health[0].State == ServerState.Suspect);
            await AskAsync(group);
        }

        for (var n = 0; n < 6; n++)
        {
            await NextAsync(group, server);
        }

        Assert.Equal((ServerState.Alive, 0), (group.Health[0].State, group.Health[0].ConsecutiveFailures));
    }

    [Fact]
    public async Task A_question_that_could_not_be_asked_is_not_the_last_one()
    {
        await using var server = new AutoResponder();
        var endPoint = new FickleEndPoint(server.EndPoint) { Fault = new InvalidOperationException("something else") };
        await using var group = new RadiusServerGroup([Settings(server) with { EndPoint = endPoint }], _time);
        await AdvanceUntilAsync(() => group.Health[0].StatusRequests == 1);

        endPoint.Fault = null;
        await AdvanceUntilAsync(() => group.Health[0].StatusAnswers == 1);

        Assert.Single(Questions(server));
    }

    [Theory]
    [InlineData(5.9, "gateway")]
    [InlineData(30, "")]
    public void A_setting_out_of_its_range_is_refused(double interval, string name)
    {
        using var socket = new Responder();
        var settings = socket.Settings() with { StatusServer = true, WatchdogInterval = TimeSpan.FromSeconds(interval), NasIdentifier = name };

        Assert.ThrowsAny<ArgumentException>(() => new RadiusServerGroup([settings], _time));
    }

    private static List<byte> Types(RadiusPacket request)
    {
        List<byte> types = [];
        foreach (var attribute in request.Attributes)
        {
            types.Add(attribute.Type);
        }

        return types;
    }

    private static RadiusServerSettings Settings(AutoResponder server, double interval = 30) =>
        server.Settings("main") with { StatusServer = true, WatchdogInterval = TimeSpan.FromSeconds(interval), NasIdentifier = "gateway 7" };

    private static byte[]? IgnoreStatusServer(RadiusPacket request) => request.Code == RadiusCode.StatusServer ? null : AutoResponder.Accept(request);

    private static Task<ExchangeResult> AskAsync(RadiusServerGroup group) => group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, TimeSpan.FromSeconds(10), Token);

    private RadiusServerGroup Group(AutoResponder server, double interval = 30, params RadiusServerSettings[] others) => new([Settings(server, interval), .. others], _time);

    /// <summary>Lets time pass until the next question has come. The clock stands still as soon as one is on its way, so that a slow machine does not make it wait in vain.</summary>
    private async Task<RadiusPacket> NextAsync(RadiusServerGroup group, AutoResponder server, double step = 0.5)
    {
        var before = group.Health[0].StatusRequests;
        await AdvanceUntilAsync(() => group.Health[0].StatusRequests > before, step);
        await AutoResponder.UntilAsync(() => Questions(server).Count() > before, "the question");
        return Questions(server).Last();
    }

    private static IEnumerable<RadiusPacket> Questions(AutoResponder server) => server.Received.Select(item => item.Request).Where(request => request.Code == RadiusCode.StatusServer);

    private async Task AdvanceUntilAsync(Func<bool> condition, double step = 0.5)
    {
        for (var passed = 0.0; !condition(); passed += step)
        {
            Assert.True(passed < 120, "nothing happened in all that time");
            _time.Advance(TimeSpan.FromSeconds(step));

            // What the clock set off runs on other threads.
            await Task.Delay(TimeSpan.FromMilliseconds(3), TimeProvider.System, Token);
        }
    }
}
