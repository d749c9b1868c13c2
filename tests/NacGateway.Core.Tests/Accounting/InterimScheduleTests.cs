using Microsoft.Extensions.Time.Testing;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Accounting;

public sealed class InterimScheduleTests(PostgreSqlServer postgres)
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(600, 450, 750)]
    [InlineData(60, 60, 90)]
    [InlineData(3600, 2700, 4500)]
    [Requirement("ACCT-21", "ACCT-19")]
    public void A_thousand_sessions_that_begin_together_do_not_report_together_nor_within_a_minute(int interval, int from, int to)
    {
        var due = Enumerable.Range(0, 1000).Select(_ => Seconds(InterimSchedule.First(AcctSessionIds.Next(_time), TimeSpan.FromSeconds(interval), _time))).ToList();

        Assert.All(due, seconds => Assert.InRange(seconds, from, to));
        var tenths = due.GroupBy(seconds => (int)((seconds - from) * 10 / (to - from))).ToDictionary(tenth => tenth.Key, tenth => tenth.Count());
        Assert.All(Enumerable.Range(0, 10), tenth => Assert.InRange(tenths.GetValueOrDefault(tenth), 50, 180));
    }

    [Fact]
    [Requirement("ACCT-19")]
    public void The_next_one_comes_after_the_interval_and_never_within_a_minute()
    {
        Assert.Equal(600, Seconds(InterimSchedule.Next(TimeSpan.FromMinutes(10), _time)));
        Assert.Equal(60, Seconds(InterimSchedule.Next(TimeSpan.FromSeconds(5), _time)));
        Assert.Equal(long.MaxValue, InterimSchedule.Next(null, _time));
        Assert.Equal(long.MaxValue, InterimSchedule.First("one", null, _time));
    }

    [Fact]
    public async Task A_change_that_wants_reports_gets_them()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        var session = await rig.Gateway.OpenAsync(Openings.Of());
        await rig.UntilDeliveredAsync();
        await rig.Gateway.Sessions.ChangeAsync(session.AcctSessionId, new SessionLimits { InterimInterval = TimeSpan.FromMinutes(1) }, TestContext.Current.CancellationToken);

        await rig.UntilAsync(() => rig.Sessions.Count() > 2, step: 1, most: 400);

        Assert.All(rig.Sessions.Skip(1), record => Assert.Equal(NacGateway.Core.Accounting.AcctStatusType.InterimUpdate, record.Status));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    [Requirement("ACCT-16")]
    public async Task Many_sessions_report_with_counters_that_grow_and_are_recorded_in_the_same_transaction(StorageProvider provider)
    {
        await using var rig = await AccountingRig.StartAsync(postgres, provider);
        var sessions = await Task.WhenAll(Enumerable.Range(1, 200).Select(n => rig.Gateway.OpenAsync(Openings.Of($"user{n}", $"192.0.2.{n}") with { Limits = new SessionLimits { InterimInterval = TimeSpan.FromMinutes(2) } })));
        await rig.UntilDeliveredAsync();
        for (var minute = 0; minute < 7; minute++)
        {
            Array.ForEach(sessions, session => session.Traffic.Add(10, 20, rig.Gateway.Time.GetTimestamp()));
            await rig.PassAsync(TimeSpan.FromMinutes(1), step: 1);
        }

        await rig.UntilDeliveredAsync();

        var interims = rig.Sessions.Where(record => record.Status == NacGateway.Core.Accounting.AcctStatusType.InterimUpdate).ToList();
        Assert.All(interims.GroupBy(record => record.AcctSessionId, StringComparer.Ordinal), reports =>
        {
            Assert.InRange(reports.Count(), 1, 4);
            Assert.Equal(reports.Select(report => report.Input).Order(), reports.Select(report => report.Input));
            Assert.All(reports.Zip(reports.Skip(1)), pair => Assert.True(pair.Second.EventAt - pair.First.EventAt >= TimeSpan.FromSeconds(119)));
        });
        Assert.Equal(200, interims.Select(record => record.AcctSessionId).Distinct(StringComparer.Ordinal).Count());
        var rows = (await rig.SessionRowsAsync()).ToDictionary(row => row.AcctSessionId, StringComparer.Ordinal);
        Assert.All(interims, report => Assert.True(rows[report.AcctSessionId].InputOctets >= report.Input));
    }

    private double Seconds(long timestamp) => (double)(timestamp - _time.GetTimestamp()) / _time.TimestampFrequency;
}
