using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Transport;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Client;

/// <summary>What a server sees that does not answer, or not so that it can be believed; the clock is the test's, the sockets are real.</summary>
public sealed class RetransmissionTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, Func<RadiusPacket, byte[]?>> NoAnswers => new()
    {
        { "silence", _ => null },
        { "a wrong authenticator", request => Responder.Reply(request, secret: "another"u8.ToArray()) },
        { "no Message-Authenticator", request => Responder.Reply(request, signed: false) },
        { "a wrong code", request => Responder.Reply(request, RadiusCode.AccountingResponse) },
        { "a cut packet", request => Responder.Reply(request)[..^3] },
        { "no packet", _ => [1] },
    };

    [Theory]
    [MemberData(nameof(NoAnswers), DisableDiscoveryEnumeration = true)]
    [Requirement("RTX-1", "RTX-2", "RTX-3", "RTX-4", "RTX-5", "BLAST-8", "RID-4")]
    public async Task Five_datagrams_at_most_go_out_within_thirty_seconds_and_nothing_that_is_not_believed_changes_when(string what, Func<RadiusPacket, byte[]?> answer)
    {
        await using var server = new AutoResponder(answer);
        await using var client = new RadiusClient(server.Settings("main"), _time);
        var started = _time.GetTimestamp();
        List<double> sent = [0];

        var exchange = client.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, TimeSpan.FromMinutes(5), Token);
        while (!exchange.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Token);
            if (client.Health.Retransmissions == sent.Count)
            {
                sent.Add(_time.GetElapsedTime(started).TotalSeconds);
            }

            Assert.True(_time.GetElapsedTime(started) < TimeSpan.FromSeconds(60), what);
        }

        var gaps = sent.Zip(sent.Skip(1), (before, after) => after - before).ToArray();
        var result = await exchange;
        Assert.NotEqual(ExchangeStatus.Answered, result.Status);
        Assert.InRange(result.Sends, 4, 5);
        Assert.InRange(result.Elapsed.TotalSeconds, 29.9, 31.5);
        Assert.InRange(gaps[0], 1.8, 2.7);
        Assert.All(gaps.Zip(gaps.Skip(1), (before, after) => after / before), ratio => Assert.InRange(ratio, 1.4, 2.5));
        Assert.Single(server.Received.Select(item => (item.From.Port, item.Request.Identifier, Convert.ToHexString(item.Request.Authenticator))).Distinct());
    }

    [Fact]
    [Requirement("BLAST-9")]
    public async Task A_thousand_bad_replies_make_a_thousand_counts_and_one_line_a_minute()
    {
        using var server = new Responder();
        var log = new FakeLogger();
        await using var group = new RadiusServerGroup([server.Settings()], _time, log);
        var exchange = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, TimeSpan.FromSeconds(10), Token);
        var (request, from) = await server.ReceiveAsync(Token);
        var forged = Responder.Reply(request, secret: "another"u8.ToArray());

        for (var n = 1; n <= 1000; n++)
        {
            await server.SendAsync(forged, from, Token);
            await AutoResponder.UntilAsync(() => group.Clients[0].Drops.Total == n, $"forgery {n}");
        }

        _time.Advance(TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(ExchangeStatus.WrongSecret, (await exchange).Status);
        Assert.Equal(1000, group.Clients[0].Drops[DropReason.WrongAuthenticator]);
        var line = Assert.Single(log.Collector.GetSnapshot(), record => record.Level == LogLevel.Warning);
        Assert.Contains("shared secret", line.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret of the tests", line.Message, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromMinutes(1));
        var next = group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, TimeSpan.FromSeconds(10), Token);
        (request, from) = await NewAsync(server, request);
        await server.SendAsync(Responder.Reply(request, secret: "another"u8.ToArray()), from, Token);
        await AutoResponder.UntilAsync(() => log.Collector.GetSnapshot().Count(record => record.Level == LogLevel.Warning) == 2, "the second line");
        await server.SendAsync(Responder.Reply(request), from, Token);

        Assert.Equal(ExchangeStatus.Answered, (await next).Status);
        Assert.StartsWith("1000 replies", log.Collector.GetSnapshot().Last(record => record.Level == LogLevel.Warning).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_death_is_a_warning_and_a_return_is_told()
    {
        await using var server = new AutoResponder(AutoResponder.Silence);
        var log = new FakeLogger();
        var quick = new CircuitSettings { SilenceToDead = TimeSpan.Zero, AnsweringToAlive = TimeSpan.Zero, FailuresToDead = 2, AnswersToAlive = 2 };
        await using var group = new RadiusServerGroup([server.Settings("main")], TimeProvider.System, log, quick);
        for (var n = 0; n < 2; n++)
        {
            await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, TimeSpan.FromSeconds(0.6), Token);
        }

        server.Answer = AutoResponder.Accept;
        for (var n = 0; n < 2; n++)
        {
            await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, TimeSpan.FromSeconds(10), Token);
        }

        Assert.Equal([1000, 1001], log.Collector.GetSnapshot().Where(record => record.Level >= LogLevel.Information).Select(record => record.Id.Id));
        Assert.Contains("no answer within 0.6 s", log.Collector.GetSnapshot().First(record => record.Id.Id == 1000).Message, StringComparison.Ordinal);
    }

    private static async Task<(RadiusPacket Request, System.Net.IPEndPoint From)> NewAsync(Responder server, RadiusPacket old)
    {
        while (true)
        {
            var item = await server.ReceiveAsync(Token);
            if (!item.Request.Authenticator.SequenceEqual(old.Authenticator))
            {
                return item;
            }
        }
    }
}
