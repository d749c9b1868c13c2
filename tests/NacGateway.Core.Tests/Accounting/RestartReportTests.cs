using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Accounting;

/// <summary>What the servers are told at starts, at stops, and of a crash.</summary>
public sealed class RestartReportTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("ACCT-22", "ACCT-6", "ACCT-7")]
    public async Task While_no_session_is_open_a_start_says_On_and_a_planned_stop_says_Off()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        await rig.UntilDeliveredAsync();
        await rig.Gateway.RestartAsync();
        await rig.UntilDeliveredAsync();

        Assert.Equal([AcctStatusType.AccountingOn, AcctStatusType.AccountingOff, AcctStatusType.AccountingOn], rig.Server.Book.Entries.Select(record => record.Status));
        Assert.Equal(3, rig.Server.Book.Entries.Select(record => record.AcctSessionId).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sessions_that_go_on_over_a_restart_are_not_ended_at_the_server_by_On_or_Off(bool killed)
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        var session = await rig.Gateway.OpenAsync(Openings.Of());
        await rig.UntilDeliveredAsync();
        await rig.Gateway.RestartAsync(killed);
        await rig.PassAsync(TimeSpan.FromMinutes(1));
        await rig.Gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.UserRequest, Token);
        await rig.UntilDeliveredAsync();

        Assert.Equal([AcctStatusType.AccountingOn, AcctStatusType.Start, AcctStatusType.Stop], rig.Server.Book.Entries.Select(record => record.Status));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    [Requirement("ACCT-23", "ACCT-8")]
    public async Task Sessions_left_by_a_crash_end_with_NAS_Reboot_and_their_last_known_counters_before_On_is_said(StorageProvider provider)
    {
        await using var rig = await AccountingRig.StartAsync(postgres, provider, settings: [("Sessions:OverRestart", "End")]);
        var sessions = await Task.WhenAll(Enumerable.Range(1, 10).Select(n => rig.Gateway.OpenAsync(Openings.Of($"user{n}", $"192.0.2.{n}"))));
        Array.ForEach(sessions, session => session.Traffic.Add(1000, 2000, rig.Gateway.Time.GetTimestamp()));
        await rig.Gateway.Sweeper.RecordTrafficAsync(Token);
        Array.ForEach(sessions, session => session.Traffic.Add(7, 7, rig.Gateway.Time.GetTimestamp()));
        await rig.UntilDeliveredAsync();
        await rig.Gateway.RestartAsync(killed: true, later: TimeSpan.FromMinutes(3));
        await rig.UntilDeliveredAsync();

        Assert.Equal(0, rig.Gateway.Table.Count);
        var stops = rig.Sessions.Where(record => record.Status == AcctStatusType.Stop).ToList();
        Assert.Equal(10, stops.Count);
        Assert.All(stops, stop => Assert.Equal((11u, 1000, 2000), (stop.TerminateCause!.Value, stop.Input, stop.Output)));
        Assert.Equal(AcctStatusType.AccountingOn, rig.Server.Book.Entries[^1].Status);
        Assert.Empty(rig.Server.Book.Problems(await rig.SessionRowsAsync()));
    }

    [Fact]
    public async Task A_planned_stop_that_ends_sessions_says_why_and_then_Off()
    {
        await using var rig = await AccountingRig.StartAsync(postgres, settings: [("Sessions:OverRestart", "End")]);
        await rig.Gateway.OpenAsync(Openings.Of());
        await rig.UntilDeliveredAsync();
        await rig.Gateway.RestartAsync();
        await rig.UntilDeliveredAsync();

        Assert.Equal(
            [AcctStatusType.AccountingOn, AcctStatusType.Start, AcctStatusType.Stop, AcctStatusType.AccountingOff, AcctStatusType.AccountingOn],
            rig.Server.Book.Entries.Select(record => record.Status));
        Assert.Equal((uint)AcctTerminateCause.AdminReboot, rig.Sessions.Last().TerminateCause);
    }

    [Fact]
    [Requirement("ACCT-23")]
    public async Task Of_those_that_a_crash_leaves_the_expired_end_by_their_limit_and_the_others_go_on_with_true_counters()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        var expiring = await Task.WhenAll(Enumerable.Range(1, 10).Select(n => rig.Gateway.OpenAsync(Openings.Of($"user{n}", $"192.0.2.{n}", sessionTimeout: TimeSpan.FromMinutes(10)))));
        var staying = await Task.WhenAll(Enumerable.Range(1, 90).Select(n => rig.Gateway.OpenAsync(Openings.Of($"other{n}", $"192.0.3.{n}"))));
        Array.ForEach(staying, session => session.Traffic.Add(11, 12, rig.Gateway.Time.GetTimestamp()));
        await rig.Gateway.Sweeper.RecordTrafficAsync(Token);
        await rig.UntilDeliveredAsync();
        await rig.Gateway.RestartAsync(killed: true, later: TimeSpan.FromHours(1));
        await rig.UntilDeliveredAsync();

        var stops = rig.Sessions.Where(record => record.Status == AcctStatusType.Stop).ToList();
        Assert.Equal(expiring.Select(session => session.AcctSessionId).Order(StringComparer.Ordinal), stops.Select(stop => stop.AcctSessionId).Order(StringComparer.Ordinal));
        Assert.All(stops, stop => Assert.Equal(((uint)AcctTerminateCause.SessionTimeout, new DateTimeOffset(2026, 3, 2, 8, 10, 0, TimeSpan.Zero)), (stop.TerminateCause!.Value, stop.EventAt)));
        Assert.Equal(90, rig.Gateway.Table.Count);
        Assert.All(rig.Gateway.Table.Snapshot(), session => Assert.Equal((11, 12), (session.Traffic.InputOctets, session.Traffic.OutputOctets)));
        Assert.Single(rig.Server.Book.Entries, record => record.Status == AcctStatusType.AccountingOn);
    }

    [Fact]
    [Requirement("ACCT-23")]
    public async Task A_session_whose_row_is_damaged_ends_at_the_next_start_and_the_gateway_starts()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        var hurt = await rig.Gateway.OpenAsync(Openings.Of());
        var whole = await rig.Gateway.OpenAsync(Openings.Of("bob", "192.0.2.8"));
        await rig.UntilDeliveredAsync();
        await rig.Gateway.ReadAsync(database => database.Set<Session>().Where(row => row.AcctSessionId == hurt.AcctSessionId).ExecuteUpdateAsync(set => set.SetProperty(row => row.ClientAddress, "somewhere"), Token));
        await rig.Gateway.RestartAsync(killed: true);
        await rig.UntilDeliveredAsync();

        var stop = Assert.Single(rig.Sessions, record => record.Status == AcctStatusType.Stop);
        Assert.Equal((hurt.AcctSessionId, (uint)AcctTerminateCause.NasReboot), (stop.AcctSessionId, stop.TerminateCause!.Value));
        Assert.True(rig.Gateway.Table.TryFind(whole.AcctSessionId, out _));
    }

    [Fact]
    public async Task An_On_that_the_server_passes_over_is_given_up_when_it_acknowledges_a_session_and_holds_up_nothing_for_long()
    {
        await using var rig = await AccountingRig.StartAsync(postgres, fates: (entry, _) => entry.IsOfSession ? Fate.Arrives : Fate.RequestLost);
        await Task.WhenAll(Enumerable.Range(1, 20).Select(n => rig.Gateway.OpenAsync(Openings.Of($"user{n}", $"192.0.2.{n}"))));
        await rig.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(rig.Sessions);

        await rig.UntilAsync(async () => await rig.WaitingAsync() == 0, step: 1, most: 240);

        Assert.Equal(20, rig.Sessions.Count());
        Assert.Empty((await rig.Gateway.Get<SetAsideRecords>().ListAsync(5, Token)).First);
        Assert.Null(rig.Gateway.Get<AccountingHealth>().Silence);
        Assert.Contains(rig.Gateway.Lines, line => line.Id == 3006 && line.Message.Contains("AccountingOn", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_On_that_no_server_is_there_for_is_still_the_first_that_it_gets_some_minutes_later()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        await rig.UntilDeliveredAsync();
        rig.Server.IsDown = true;
        await rig.Gateway.RestartAsync();
        await rig.PassAsync(TimeSpan.FromMinutes(1));
        await rig.Gateway.OpenAsync(Openings.Of());
        await rig.Gateway.OpenAsync(Openings.Of("bob", "192.0.2.8"));
        rig.Server.IsDown = false;
        await rig.UntilDeliveredAsync(step: 1);

        Assert.Equal(
            [AcctStatusType.AccountingOn, AcctStatusType.AccountingOff, AcctStatusType.AccountingOn, AcctStatusType.Start, AcctStatusType.Start],
            rig.Server.Book.Entries.Select(record => record.Status));
    }
}
