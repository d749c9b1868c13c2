using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using NacGateway.Core.Accounting;
using NacGateway.Core.Audit;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Core.Tests.Insight;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Sessions;

public sealed class SessionRetentionTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task What_ended_long_ago_goes_with_all_that_is_known_of_it_and_the_rest_stays(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres, ("Sessions:KeptFor", "10.00:00:00"));
        var now = gateway.Time.GetUtcNow();
        var gone = SeededSessions.Row("alice", "192.0.2.1", now.AddDays(-12), lasted: TimeSpan.FromDays(1));
        var young = SeededSessions.Row("bob", "192.0.2.2", now.AddDays(-12), lasted: TimeSpan.FromDays(3));
        var open = SeededSessions.Row("carol", "192.0.2.3", now.AddDays(-300));
        await gateway.SeedAsync(gone, young, open);
        await BelongingsAsync(gateway, [gone, young, open]);

        var step = await Retention(gateway).StepAsync(Token);

        Assert.Equal(1, step);
        Assert.Equal(["bob", "carol"], await gateway.ReadAsync(database => database.Set<Session>().OrderBy(row => row.UserName).Select(row => row.UserName).ToListAsync(Token)));
        Assert.Equal(2, await CountAsync<SessionTraffic>(gateway));
        Assert.Equal(2, await CountAsync<SessionEvent>(gateway));
        Assert.Equal(2, await CountAsync<AccountingDelivery>(gateway));
        Assert.Equal(0, await Retention(gateway).StepAsync(Token));
    }

    [Fact]
    public async Task Many_go_in_small_steps()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, ("Sessions:KeptFor", "1.00:00:00"));
        await gateway.SeedAsync(Enumerable.Range(0, (2 * SessionRetention.Together) + 1).Select(n => SeededSessions.Row("alice", "192.0.2.1", gateway.Time.GetUtcNow().AddDays(-9).AddMinutes(n), lasted: TimeSpan.FromMinutes(1))));

        List<int> steps = [await Retention(gateway).StepAsync(Token), await Retention(gateway).StepAsync(Token), await Retention(gateway).StepAsync(Token)];

        Assert.Equal([SessionRetention.Together, SessionRetention.Together, 1], steps);
    }

    [Fact]
    public async Task Zero_keeps_them_for_ever()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, ("Sessions:KeptFor", "00:00:00"));
        await gateway.SeedAsync(SeededSessions.Row("alice", "192.0.2.1", gateway.Time.GetUtcNow().AddDays(-9000), lasted: TimeSpan.FromDays(1)));

        Assert.Equal(0, await Retention(gateway).StepAsync(Token));
        Assert.Equal(1, await CountAsync<Session>(gateway));
    }

    [Fact]
    public async Task It_comes_by_itself_and_leaves_the_audit_trail_alone()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        await gateway.Get<AuditLog>().RecordAsync(new AuditEntry { Actor = "root", Action = "test" }, Token);
        await gateway.SeedAsync(Enumerable.Range(0, SessionRetention.Together + 1).Select(n => SeededSessions.Row("alice", "192.0.2.1", gateway.Time.GetUtcNow().AddDays(-999).AddMinutes(n), lasted: TimeSpan.FromMinutes(1))));
        var audited = await CountAsync<AuditRecord>(gateway);

        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var minutes = 0; await CountAsync<Session>(gateway) > 0; minutes++)
        {
            Assert.InRange(minutes, 0, 1000);
            await tick.WaitForNextTickAsync(Token);
            gateway.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(audited, await CountAsync<AuditRecord>(gateway));
    }

    private static SessionRetention Retention(Gateways gateway) => gateway.Get<IEnumerable<IHostedService>>().OfType<SessionRetention>().Single();

    private static Task<int> CountAsync<T>(Gateways gateway)
        where T : class => gateway.ReadAsync(database => database.Set<T>().CountAsync(Token));

    private static async Task BelongingsAsync(Gateways gateway, Session[] rows) => Assert.Equal(WriteStatus.Committed, await gateway.Writer.WriteAsync(
        (database, _) =>
        {
            foreach (var row in rows)
            {
                database.Append(new SessionTraffic { AcctSessionId = row.AcctSessionId, At = row.StartedAt });
                database.Append(new SessionEvent { AcctSessionId = row.AcctSessionId, At = row.StartedAt, Kind = SessionEventKind.Changed, By = "test", Text = "test" });
                database.Append(new AccountingDelivery { AcctSessionId = row.AcctSessionId, Status = AcctStatusType.Start, EventAt = row.StartedAt, DeliveredAt = row.StartedAt });
            }

            return Task.CompletedTask;
        },
        Token));
}
