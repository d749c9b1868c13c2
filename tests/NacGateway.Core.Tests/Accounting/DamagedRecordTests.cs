using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Testing;
using NacGateway.Core.Accounting;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Accounting;

/// <summary>A damaged row of the outbox is set aside with its reason, and the others go on.</summary>
public sealed class DamagedRecordTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<StorageProvider, string, string> Damages => new()
    {
        { StorageProvider.Sqlite, "\"Attributes\" = X'28'", "damaged at octet 0" },
        { StorageProvider.Sqlite, "\"Attributes\" = X'2806000000012C00'", "damaged at octet 6" },
        { StorageProvider.Sqlite, "\"Attributes\" = X''", "that it is a Start" },
        { StorageProvider.Sqlite, "\"Attributes\" = substr(\"Attributes\", 1, 6)", "name its session" },
        { StorageProvider.Sqlite, "\"Status\" = 2", "that it is a Stop" },
        { StorageProvider.Sqlite, "\"Attributes\" = \"Attributes\" || X'020431323334'", "attribute 2" },
        { StorageProvider.Sqlite, "\"Attributes\" = zeroblob(4096)", "do not fit" },
        { StorageProvider.Sqlite, "\"EventAt\" = 'yesterday'", "cannot be read" },
        { StorageProvider.Sqlite, "\"EventAt\" = '1950-01-01 00:00:00'", "Event-Timestamp" },
        { StorageProvider.PostgreSql, "\"Attributes\" = '\\x28'", "damaged at octet 0" },
        { StorageProvider.PostgreSql, "\"EventAt\" = '1950-01-01'", "Event-Timestamp" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task It_is_set_aside_with_its_reason_and_shown_and_the_others_are_delivered(StorageProvider provider, string damage, string reason)
    {
        await using var rig = await AccountingRig.StartAsync(postgres, provider);
        await rig.UntilDeliveredAsync();
        rig.Server.IsDown = true;
        var sessions = await Task.WhenAll(Enumerable.Range(1, 5).Select(n => rig.Gateway.OpenAsync(Openings.Of($"user{n}", $"192.0.2.{n}"))));
        var hurt = sessions[2].AcctSessionId;
        var earlier = rig.Gateway.Get<FakeLogCollector>();
        await ExecuteAsync(rig, $"UPDATE \"AccountingRecords\" SET {damage} WHERE \"AcctSessionId\" = '{hurt}'");
        await rig.Gateway.RestartAsync(killed: true);
        rig.Server.IsDown = false;
        await rig.UntilDeliveredAsync(step: 1);

        var (count, first) = await rig.Gateway.Get<SetAsideRecords>().ListAsync(10, Token);
        Assert.Equal(1, count);
        Assert.Equal(hurt, first[0].AcctSessionId);
        Assert.Contains(reason, first[0].Reason, StringComparison.Ordinal);
        Assert.Equal(sessions.Select(session => session.AcctSessionId).Where(id => id != hurt).Order(StringComparer.Ordinal), rig.Sessions.Select(record => record.AcctSessionId).Order(StringComparer.Ordinal));

        // The line comes after the commit by which the row has left the queue; and it may have been the killed one that came upon it.
        await rig.UntilAsync(() => earlier.GetSnapshot().Concat(rig.Gateway.Lines).Any(line => line.Id == 3003 && line.Message.Contains(reason, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_damaged_time_of_the_oldest_one_keeps_nobody_from_counting_what_waits()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, ("Accounting:Enabled", "true"));
        await gateway.OpenAsync(Openings.Of());
        await gateway.ReadAsync(database => database.Database.ExecuteSqlRawAsync("UPDATE \"AccountingRecords\" SET \"EventAt\" = 'yesterday'", Token));

        var (waiting, oldestAt) = await gateway.Get<OutboxStore>().CountAsync(Token);

        Assert.True(waiting > 0);
        Assert.Null(oldestAt);
    }

    [Fact]
    public async Task What_was_repaired_and_put_back_is_delivered()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        await rig.UntilDeliveredAsync();
        rig.Server.IsDown = true;
        await rig.Gateway.OpenAsync(Openings.Of());
        var whole = await rig.Gateway.ReadAsync(database => database.Set<AccountingRecord>().AsNoTracking().SingleAsync(Token));
        await ExecuteAsync(rig, "UPDATE \"AccountingRecords\" SET \"Attributes\" = X'28'");
        await rig.Gateway.RestartAsync(killed: true);
        await rig.UntilDeliveredAsync(step: 1);
        var id = (await rig.Gateway.Get<SetAsideRecords>().ListAsync(10, Token)).First[0].Id;

        await ExecuteAsync(rig, $"UPDATE \"AccountingRecords\" SET \"Attributes\" = X'{Convert.ToHexString(whole.Attributes)}'");
        rig.Server.IsDown = false;
        Assert.Equal(PutBackOutcome.Waits, await rig.Gateway.Get<SetAsideRecords>().PutBackAsync(id, Token));
        Assert.Equal(PutBackOutcome.Unknown, await rig.Gateway.Get<SetAsideRecords>().PutBackAsync(id, Token));
        await rig.UntilDeliveredAsync(step: 1);

        Assert.Single(rig.Sessions);
    }

    [Fact]
    public async Task An_On_that_was_set_aside_is_not_put_back_for_it_would_end_live_sessions_but_can_be_discarded()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        await rig.UntilDeliveredAsync();
        rig.Server.IsDown = true;
        await rig.Gateway.RestartAsync();
        await ExecuteAsync(rig, "UPDATE \"AccountingRecords\" SET \"SetAsideAt\" = '2026-03-02 08:00:00', \"SetAsideReason\" = 'of old' WHERE \"Status\" = 7");
        var records = rig.Gateway.Get<SetAsideRecords>();
        var id = (await records.ListAsync(10, Token)).First[0].Id;

        Assert.Equal(PutBackOutcome.TooLate, await records.PutBackAsync(id, Token));
        Assert.True(await records.DiscardAsync(id, Token));

        Assert.False(await records.DiscardAsync(id, Token));
        Assert.Equal(0, (await records.ListAsync(10, Token)).Count);
    }

    private static Task<int> ExecuteAsync(AccountingRig rig, string statement) =>
        rig.Gateway.ReadAsync(database => database.Database.ExecuteSqlRawAsync(statement, Token));
}
