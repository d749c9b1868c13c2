using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Accounting;

/// <summary>Servers that answer some records and not others, or late: what they do not take never keeps the way from what they do.</summary>
public sealed class StubbornServerTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("ACCT-18")]
    public async Task A_Stop_does_not_wait_for_an_Interim_Update_that_no_server_acknowledges()
    {
        await using var rig = await AccountingRig.StartAsync(postgres, fates: (entry, _) => entry.Status == AcctStatusType.InterimUpdate ? Fate.RequestLost : Fate.Arrives);
        var session = await rig.Gateway.OpenAsync(Openings.Of() with { Limits = new SessionLimits { InterimInterval = TimeSpan.FromMinutes(1) } });
        await rig.PassAsync(TimeSpan.FromMinutes(5));
        await rig.Gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.UserRequest, Token);

        await rig.UntilAsync(async () => await rig.WaitingAsync() == 0, step: 1, most: 60);

        Assert.Equal([AcctStatusType.Start, AcctStatusType.Stop], rig.Sessions.Select(record => record.Status));
    }

    [Fact]
    public async Task More_sessions_that_nobody_takes_than_the_memory_holds_do_not_hold_up_the_others()
    {
        await using var rig = await AccountingRig.StartAsync(postgres, fates: (entry, _) => entry.AcctSessionId.StartsWith("bad", StringComparison.Ordinal) ? Fate.RequestLost : Fate.Arrives);
        await rig.UntilDeliveredAsync();
        await AddAsync(rig, "bad", DeliveryLanes.Capacity + 100);
        await rig.Gateway.RestartAsync(killed: true);
        await AddAsync(rig, "good", 20);
        await rig.UntilAsync(() => rig.Sessions.Count() == 20, step: 1);

        await AddAsync(rig, "later", 10);
        await rig.UntilAsync(() => rig.Sessions.Count() == 30, step: 1);

        await rig.UntilAsync(async () => await rig.WaitingAsync() == DeliveryLanes.Capacity + 100, most: 60);
    }

    [Fact]
    public async Task A_server_that_needs_long_is_heard_again_after_it_was_silent()
    {
        await using var gateway = await Gateways.StartAsync(Core.Storage.StorageProvider.Sqlite, postgres);
        var servers = new SlowServers(gateway.Time, needs: TimeSpan.FromSeconds(10), silences: 3);
        var outbox = new AccountingOutbox(gateway.Get<Core.Storage.GatewayIdentity>(), isEnabled: true);
        using var sender = new AccountingSender(outbox, gateway.Get<OutboxStore>(), servers, gateway.Get<Microsoft.Extensions.Options.IOptions<AccountingOptions>>(), gateway.Get<AccountingJournal>(), gateway.Time);
        await gateway.ReadAsync(database =>
        {
            outbox.Add(database, AcctStatusType.AccountingOn, "run", gateway.Time.GetUtcNow());
            return database.SaveChangesAsync(Token);
        });
        await sender.StartAsync(Token);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(3));

        for (var second = 0; servers.Acknowledged == 0 && second < 1200; second++)
        {
            await tick.WaitForNextTickAsync(Token);
            gateway.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1, servers.Acknowledged);
        await sender.StopAsync(Token);
    }

    private static async Task AddAsync(AccountingRig rig, string name, int count)
    {
        var outbox = rig.Gateway.Get<AccountingOutbox>();
        await rig.Gateway.ReadAsync(database =>
        {
            for (var number = 1; number <= count; number++)
            {
                outbox.Add(database, new AccountingEvent
                {
                    Status = AcctStatusType.Start,
                    At = rig.Gateway.Time.GetUtcNow(),
                    AcctSessionId = $"{name}{number}",
                    UserName = name,
                    ClientAddress = null,
                    ServerName = "first",
                });
            }

            return database.SaveChangesAsync(Token);
        });
        outbox.Signal();
    }
}
