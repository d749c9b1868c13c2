using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Accounting;

/// <summary>A session whose row is damaged ends with what is left of it, and the others go on.</summary>
public sealed class DamagedSessionTests(PostgreSqlServer postgres)
{
    private const string NoDate = "\"StartedAt\" = 'yesterday'";

    public static TheoryData<StorageProvider, string> Damages => new()
    {
        { StorageProvider.Sqlite, NoDate },
        { StorageProvider.Sqlite, "\"SessionTimeout\" = 9000000000000000000" },
        { StorageProvider.Sqlite, "\"IdleTimeout\" = 9000000000000000000" },
        { StorageProvider.Sqlite, "\"ClientAddress\" = 'somewhere'" },
        { StorageProvider.PostgreSql, "\"StartedAt\" = 'infinity', \"SessionTimeout\" = 60" },
        { StorageProvider.PostgreSql, "\"SessionTimeout\" = 9000000000000000000" },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Damages))]
    [Requirement("ACCT-23")]
    public async Task It_ends_at_the_next_start_and_the_others_go_on(StorageProvider provider, string damage)
    {
        await using var rig = await AccountingRig.StartAsync(postgres, provider);
        var sessions = await OpenAsync(rig, 150);
        var hurt = sessions[70].AcctSessionId;
        sessions[70].Traffic.Add(5, 6, rig.Gateway.Time.GetTimestamp());
        await rig.Gateway.Sweeper.RecordTrafficAsync(Token);
        await rig.UntilDeliveredAsync();
        await DamageAsync(rig, hurt, damage);

        await rig.Gateway.RestartAsync(killed: true);
        await rig.UntilDeliveredAsync();

        var stop = Assert.Single(rig.Sessions, record => record.Status == AcctStatusType.Stop);
        Assert.Equal((hurt, (uint)AcctTerminateCause.NasReboot, 5, 6), (stop.AcctSessionId, stop.TerminateCause!.Value, stop.Input, stop.Output));
        Assert.Equal(149, rig.Gateway.Table.Count);
        Assert.Equal(149, await rig.Gateway.ReadAsync(database => database.Set<Session>().CountAsync(row => row.EndedAt == null, Token)));
        await rig.Gateway.OpenAsync(Openings.Of("user70", "192.0.2.71"));
    }

    [Fact]
    public async Task While_the_gateway_runs_the_others_are_reported_and_their_octets_recorded()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        var sessions = await OpenAsync(rig, 100);
        var hurt = sessions[40];
        await rig.UntilDeliveredAsync();
        await DamageAsync(rig, hurt.AcctSessionId, NoDate);
        Array.ForEach(sessions, session => session.Traffic.Add(10, 20, rig.Gateway.Time.GetTimestamp()));

        await rig.Gateway.Sweeper.RecordTrafficAsync(Token);

        Assert.Equal(99, await rig.Gateway.ReadAsync(database => database.Set<Session>().CountAsync(row => row.InputOctets == 10 && row.OutputOctets == 20, Token)));
        rig.Gateway.Time.Advance(TimeSpan.FromMinutes(10));
        await rig.UntilAsync(() => rig.Sessions.Count(record => record.Status == AcctStatusType.InterimUpdate) >= 99);
        Assert.DoesNotContain(rig.Sessions, record => record.Status == AcctStatusType.InterimUpdate && string.Equals(record.AcctSessionId, hurt.AcctSessionId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_the_gateway_runs_its_user_can_still_end_it()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        var session = Assert.Single(await OpenAsync(rig, 1));
        session.Traffic.Add(10, 20, rig.Gateway.Time.GetTimestamp());
        rig.Gateway.Time.Advance(TimeSpan.FromSeconds(30));
        await DamageAsync(rig, session.AcctSessionId, NoDate);

        Assert.True(await rig.Gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.UserRequest, Token));

        Assert.Equal(0, rig.Gateway.Table.Count);
        Assert.True(session.Ended.IsCancellationRequested);
        await rig.UntilDeliveredAsync();
        var stop = Assert.Single(rig.Sessions, record => record.Status == AcctStatusType.Stop);
        Assert.Equal(((uint)AcctTerminateCause.UserRequest, 10, 20), (stop.TerminateCause!.Value, stop.Input, stop.Output));
    }

    private static async Task<ActiveSession[]> OpenAsync(AccountingRig rig, int count) => await Task.WhenAll(Enumerable.Range(1, count)
        .Select(n => rig.Gateway.OpenAsync(Openings.Of($"user{n - 1}", $"192.0.2.{n}") with { Limits = new SessionLimits { InterimInterval = TimeSpan.FromMinutes(5) } })));

    private static Task<int> DamageAsync(AccountingRig rig, string acctSessionId, string damage)
    {
        var statement = $"UPDATE \"Sessions\" SET {damage} WHERE \"AcctSessionId\" = '{acctSessionId}'";
        return rig.Gateway.ReadAsync(database => database.Database.ExecuteSqlRawAsync(statement, Token));
    }
}
