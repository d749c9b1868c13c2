using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Authentication;
using NacGateway.Core.Insight;
using NacGateway.Core.Policy;
using NacGateway.Core.Storage;
using NacGateway.Radius.Client;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Insight;

public sealed class ActivityRecorderTests(PostgreSqlServer postgres)
{
    private static readonly DateTimeOffset s_begin = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task Each_minute_leaves_what_was_done_in_it(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        await LookAsync(gateway, 3);
        var session = await gateway.OpenAsync(Openings.Of());
        session.Traffic.Add(10, 20, gateway.Time.GetTimestamp());
        gateway.Get<GateActivity>().Intercept();
        gateway.Get<GateActivity>().Forward();
        gateway.Get<GateActivity>().Forward();

        await LookAsync(gateway, 12);
        await LookAsync(gateway, 12);

        var samples = await SamplesAsync(gateway);
        Assert.Equal([s_begin, s_begin.AddMinutes(1)], samples.Select(sample => sample.At));
        Assert.Equal((1, 1L, 2L, 10L, 20L), (samples[0].Sessions, samples[0].Intercepted, samples[0].Forwarded, samples[0].InputOctets, samples[0].OutputOctets));
        Assert.Equal((1, 0L, 0L, 0L, 0L), (samples[1].Sessions, samples[1].Intercepted, samples[1].Forwarded, samples[1].InputOctets, samples[1].OutputOctets));
        var server = (await gateway.ReadAsync(database => database.Set<ServerSample>().ToListAsync(Token)))[0];
        Assert.Equal(("first", 0, null), (server.Server, server.Requests, server.P50));
    }

    [Fact]
    public async Task Octets_that_a_session_had_before_a_restart_are_not_counted_again()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var session = await gateway.OpenAsync(Openings.Of());
        session.Traffic.Add(1000, 1000, gateway.Time.GetTimestamp());
        await gateway.RestartAsync(later: TimeSpan.FromHours(1));

        await LookAsync(gateway, 13);

        Assert.Equal(0, Assert.Single(await SamplesAsync(gateway)).InputOctets);
        Assert.All(gateway.Get<ActivityRing>().Read(DateTimeOffset.MinValue), moment => Assert.Equal(0, moment.Counts.InputOctets));
    }

    [Fact]
    public async Task After_a_pause_there_is_a_gap_and_no_sum()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        await LookAsync(gateway, 13);
        for (var i = 0; i < 100; i++)
        {
            gateway.Get<GateActivity>().Forward();
        }

        await LookAsync(gateway, 1, TimeSpan.FromHours(2));
        await LookAsync(gateway, 30);

        var samples = await SamplesAsync(gateway);
        Assert.Equal(0, samples.Sum(sample => sample.Forwarded));
        Assert.Contains(samples, sample => sample.At == s_begin);
        Assert.DoesNotContain(samples, sample => sample.At > s_begin.AddMinutes(1) && sample.At < s_begin.AddHours(2));
        var moments = gateway.Get<ActivityRing>().Read(DateTimeOffset.MinValue);
        Assert.All(moments, moment => Assert.Equal((0, ActivityRing.Distance), (moment.Counts.Forwarded, moment.Span)));
    }

    [Fact]
    public void The_ring_keeps_an_hour_and_tells_what_is_new()
    {
        var ring = new ActivityRing();
        for (var i = 0; i < 2 * ActivityRing.Capacity; i++)
        {
            ring.Add(new ActivityMoment(s_begin + (i * ActivityRing.Distance), ActivityRing.Distance, i, new ActivityCounts { InputOctets = 50 }));
        }

        Assert.Equal(ActivityRing.Capacity, ring.Read(DateTimeOffset.MinValue).Count);
        Assert.Equal((2 * ActivityRing.Capacity) - 1, ring.Newest!.Sessions);
        Assert.Equal(10, ring.Newest.InputRate);
        Assert.Equal(3, ring.Read(ring.Newest.At - (3 * ActivityRing.Distance)).Count);
    }

    [Fact]
    public async Task Minutes_that_the_database_did_not_take_are_written_when_it_is_back()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        gateway.Faults.Begin = () => throw new IOException("the disk is full");
        await LookAsync(gateway, 26);
        gateway.Faults.Begin = null;
        await LookAsync(gateway, 12);

        Assert.Equal(3, (await SamplesAsync(gateway)).Count);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_plot_has_no_more_pieces_than_it_shows_and_its_gaps_are_gaps(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        await gateway.Writer.WriteAsync(
            (database, _) =>
            {
                foreach (var minute in Enumerable.Range(0, 600).Where(minute => minute is < 200 or >= 400))
                {
                    foreach (var owner in new[] { "one", "two" })
                    {
                        database.Append(new ActivitySample { Owner = owner, At = s_begin.AddMinutes(minute), Sessions = minute, Accepted = 1, InputOctets = long.MaxValue / 4096 });
                        database.Append(new ServerSample { Owner = owner, Server = "first", At = s_begin.AddMinutes(minute), State = minute == 3 ? ServerState.Dead : ServerState.Alive, Requests = 2, P95 = minute });
                    }
                }

                return Task.CompletedTask;
            },
            Token);
        var history = gateway.Get<ActivityHistory>();

        var buckets = await history.ReadAsync(s_begin, s_begin.AddMinutes(600), 60, Token);
        var servers = await history.ReadAsync("first", s_begin, s_begin.AddMinutes(600), 60, Token);

        Assert.Equal(60, buckets.Count);
        Assert.Equal((10, 18, 20L), (buckets[0].Minutes, buckets[0].Sessions, buckets[0].Counts.Accepted));
        Assert.All(buckets.Skip(20).Take(20), bucket => Assert.Equal(0, bucket.Minutes));
        Assert.Equal(1200 - 400, buckets.Sum(bucket => bucket.Counts.Accepted));
        Assert.Equal((10, 40L, 9.0, ServerState.Dead), (servers[0].Minutes, servers[0].Requests, servers[0].P95, servers[0].State));
        Assert.Equal((0, null), (servers[25].Minutes, servers[25].P95));
        Assert.InRange((await history.ReadAsync(s_begin, s_begin.AddDays(366), int.MaxValue, Token)).Count, 1000, 2000);
        Assert.Single(await history.ReadAsync(s_begin, s_begin, 10, Token));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task Reasons_for_refusals_are_counted_by_what_they_come_to(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        await gateway.Writer.WriteAsync(
            (database, _) =>
            {
                foreach (var (outcome, message, count) in new (string, string?, int)[] { ("Rejected", "Wrong password", 5), ("Rejected", "user x: invalid credentials", 2), ("Rejected", "account LOCKED", 3), ("Rejected", null, 1), ("Challenged", null, 9), ("NoAnswer", null, 4) })
                {
                    for (var i = 0; i < count; i++)
                    {
                        database.Append(new PolicyDecision { At = s_begin.AddSeconds(i), AcctSessionId = "a", UserName = "u", IsGranted = false, Words = "", Outcome = outcome, ReplyMessage = message });
                    }
                }

                return Task.CompletedTask;
            },
            Token);

        var reasons = await gateway.Get<RefusalReasons>().ReadAsync(s_begin, s_begin.AddHours(1), Token);

        Assert.Equal(
            [(RefusalKind.WrongCredentials, 7, "Wrong password"), (RefusalKind.NoAnswer, 4, null), (RefusalKind.AccountClosed, 3, "account LOCKED"), (RefusalKind.Rejected, 1, null)],
            reasons.Select(reason => (reason.Kind, reason.Count, reason.Example)));
    }

    [Fact]
    public void Every_outcome_comes_to_something()
    {
        var outcomes = typeof(LoginOutcome).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(LoginOutcome))).Select(type => type.Name).Except([nameof(LoginOutcome.SignedIn), nameof(LoginOutcome.Challenged), nameof(LoginOutcome.Rejected)], StringComparer.Ordinal);

        Assert.All(outcomes, outcome => Assert.NotEqual(RefusalKind.Rejected, RefusalReasons.KindOf(outcome, null)));
    }

    [Fact]
    public async Task Old_samples_are_forgotten()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        await gateway.Writer.WriteAsync(
            (database, _) =>
            {
                database.Append(new ActivitySample { Owner = "one", At = s_begin.AddDays(-36) });
                database.Append(new ServerSample { Owner = "one", Server = "first", At = s_begin.AddDays(-36), State = ServerState.Alive });
                database.Append(new ActivitySample { Owner = "one", At = s_begin.AddDays(-34) });
                return Task.CompletedTask;
            },
            Token);

        await gateway.Get<ActivityRecorder>().TrimAsync(new InsightOptions().SamplesKeptFor, Token);

        Assert.Equal(s_begin.AddDays(-34), Assert.Single(await SamplesAsync(gateway)).At);
        Assert.Equal(0, await gateway.ReadAsync(database => database.Set<ServerSample>().CountAsync(Token)));
    }

    /// <summary>Turns the clock, and waits for the look that the gateway takes at each turn.</summary>
    private static async Task LookAsync(Gateways gateway, int looks, TimeSpan? turn = null)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        var recorder = gateway.Get<ActivityRecorder>();
        while (recorder.Looks == 0)
        {
            await tick.WaitForNextTickAsync(Token);
        }

        for (; looks > 0; looks--)
        {
            var before = recorder.Looks;
            gateway.Time.Advance(turn ?? ActivityRing.Distance);
            while (recorder.Looks == before)
            {
                await tick.WaitForNextTickAsync(Token);
            }
        }
    }

    private static Task<List<ActivitySample>> SamplesAsync(Gateways gateway) => gateway.ReadAsync(database => database.Set<ActivitySample>().AsNoTracking().OrderBy(sample => sample.At).ToListAsync(Token));
}
