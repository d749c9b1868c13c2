using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Core.Tests.Accounting;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Storage;

/// <summary>One process at a time is the gateway of a name.</summary>
public sealed class GatewayLeaseTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_second_one_is_refused_before_it_has_changed_anything(StorageProvider provider)
    {
        await using var rig = await AccountingRig.StartAsync(postgres, provider);
        var session = await rig.Gateway.OpenAsync(Openings.Of());
        await rig.UntilDeliveredAsync();

        var refused = await Assert.ThrowsAsync<GatewayRunsException>(() => rig.Gateway.StartBesideAsync(settings: [("Sessions:OverRestart", "End"), ("Accounting:Enabled", "true")]));

        Assert.Contains(provider == StorageProvider.Sqlite ? "Storage:ConnectionString" : "Radius:NasIdentifier", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Null((await rig.Gateway.ReadAsync(database => database.Set<Session>().SingleAsync(Token))).EndedAt);
        Assert.Equal(0, await rig.WaitingAsync());
        Assert.True(await rig.Gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.UserRequest, Token));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task The_next_one_may_begin_at_once_after_a_stop_and_after_a_kill(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        await gateway.OpenAsync(Openings.Of());

        await gateway.RestartAsync();
        await gateway.RestartAsync(killed: true);

        Assert.Equal(1, gateway.Table.Count);
    }

    [Fact]
    public async Task What_the_server_has_let_go_of_is_taken_again()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.PostgreSql, postgres);
        Assert.Equal(1, await HoldersAsync(gateway));

        await gateway.ReadAsync(database => database.Database.ExecuteSqlAsync($"SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())", Token));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var (round, isLost) = (0, false); !isLost || await HoldersAsync(gateway) == 0; round++)
        {
            Assert.True(round < 500, "The lease was not taken again.");
            isLost = isLost || await HoldersAsync(gateway) == 0;
            gateway.Time.Advance(TimeSpan.FromSeconds(isLost ? 1 : 0));
            await tick.WaitForNextTickAsync(Token);
        }

        await Assert.ThrowsAsync<GatewayRunsException>(() => gateway.StartBesideAsync());
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task What_is_not_open_in_the_database_is_not_open_at_the_gate_after_a_close(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var session = await gateway.OpenAsync(Openings.Of());
        await gateway.ReadAsync(database => database.Set<Session>().ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, gateway.Time.GetUtcNow()), Token));

        Assert.False(await gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.UserRequest, Token));

        Assert.False(gateway.Table.TryGet(session.ClientAddress, out _));
        Assert.True(session.Ended.IsCancellationRequested);
    }

    private static Task<int> HoldersAsync(Gateways gateway) => gateway.ReadAsync(database => database.Database
        .SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
        .SingleAsync(Token));
}
