using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Storage;

/// <summary>Rows that are inserted past the change tracker are the same rows.</summary>
public sealed class AppendTests(PostgreSqlServer postgres)
{
    private static readonly DateTimeOffset s_at = new(2026, 3, 2, 8, 0, 0, 123, TimeSpan.FromHours(2));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task Appended_rows_are_those_that_the_change_tracker_would_have_written(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);

        Assert.Equal(WriteStatus.Committed, await gateway.Writer.WriteAsync(
            (database, _) =>
            {
                Array.ForEach(Sessions("tracked"), row => database.Add(row));
                Array.ForEach(Records("tracked"), row => database.Add(row));
                Array.ForEach(Decisions("tracked"), row => database.Add(row));
                return Task.CompletedTask;
            },
            Token));
        Assert.Equal(WriteStatus.Committed, await gateway.Writer.WriteAsync(
            (database, _) =>
            {
                Array.ForEach(Sessions("appended"), database.Append);
                Array.ForEach(Records("appended"), database.Append);
                Array.ForEach(Decisions("appended"), database.Append);
                return Task.CompletedTask;
            },
            Token));

        await SameAsync<Session>(gateway, row => row.AcctSessionId);
        await SameAsync<AccountingRecord>(gateway, row => row.AcctSessionId);
        await SameAsync<PolicyDecision>(gateway, row => row.AcctSessionId);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task What_one_write_appends_the_next_one_finds_though_both_share_a_commit(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var first = new TaskCompletionSource();
        var holding = gateway.Writer.WriteAsync((_, _) => first.Task, Token);
        var found = -1;

        var appending = gateway.Writer.AppendAsync(
            (database, _) =>
            {
                Array.ForEach(Sessions("appended"), database.Append);
                return Task.CompletedTask;
            },
            committed: null,
            Token);
        var reading = gateway.Writer.WriteAsync(async (database, token) => found = await database.Set<Session>().CountAsync(token), Token);
        first.SetResult();
        await Task.WhenAll(holding, appending, reading);

        Assert.Equal(2, found);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task Records_are_numbered_in_the_order_in_which_they_were_appended(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);

        await gateway.Writer.WriteAsync(
            (database, _) =>
            {
                foreach (var number in Enumerable.Range(0, 100))
                {
                    database.Append(Records(number.ToString("000", null))[0]);
                }

                return Task.CompletedTask;
            },
            Token);

        var ids = await gateway.ReadAsync(database => database.Set<AccountingRecord>().OrderBy(row => row.Id).Select(row => row.AcctSessionId).ToListAsync(Token));
        Assert.Equal(Enumerable.Range(0, 100).Select(number => number.ToString("000", null) + "-1"), ids, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Appended_rows_are_not_forgotten_by_a_synchronous_save()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);

        await gateway.Writer.WriteAsync(
            (database, _) =>
            {
                Array.ForEach(Sessions("appended"), database.Append);
                Assert.Throws<InvalidOperationException>(() => database.SaveChanges());
                return Task.CompletedTask;
            },
            Token);

        Assert.Equal(2, await gateway.ReadAsync(database => database.Set<Session>().CountAsync(Token)));
    }

    /// <summary>Compares every column but the key and those that hold the way it came.</summary>
    private static async Task SameAsync<TRow>(Gateways gateway, Func<TRow, string> way)
        where TRow : class
    {
        var columns = await gateway.ReadAsync(database => Task.FromResult(database.Model.FindEntityType(typeof(TRow))!.GetProperties().Where(property => !property.IsPrimaryKey()).ToList()));
        var rows = await gateway.ReadAsync(database => database.Set<TRow>().AsNoTracking().ToListAsync(Token));
        var tracked = rows.Where(row => way(row).StartsWith("tracked", StringComparison.Ordinal)).OrderBy(way, StringComparer.Ordinal).ToList();
        var appended = rows.Where(row => way(row).StartsWith("appended", StringComparison.Ordinal)).OrderBy(way, StringComparer.Ordinal).ToList();

        Assert.Equal(2, tracked.Count);
        Assert.Equal(2, appended.Count);
        foreach (var (one, other) in tracked.Zip(appended))
        {
            Assert.All(columns, column => Assert.Equal(Text(column.GetGetter().GetClrValue(one)), Text(column.GetGetter().GetClrValue(other))));
        }

        static string? Text(object? value) => value switch
        {
            byte[] octets => Convert.ToHexString(octets),
            string text => text.Replace("appended", "tracked", StringComparison.Ordinal),
            _ => value?.ToString(),
        };
    }

    /// <summary>One with every column, one with none but those that must be.</summary>
    private static Session[] Sessions(string way) =>
    [
        new Session
        {
            Owner = "gw-" + way, AcctSessionId = way + "-1", UserName = "Ärmel'\"; DROP", UserKey = "ÄRMEL", ClientAddress = "192.0.2.1", CallingStationId = "02-00-5E-00-53-01", ServerName = "first", StartedAt = s_at,
            SessionTimeout = uint.MaxValue, IdleTimeout = 60, InterimInterval = 600, UploadRate = 1, DownloadRate = long.MaxValue, InputQuota = 2, OutputQuota = 3, TotalQuota = 4, ThrottleRate = 6, Role = "guest",
            Classes = [0, 1, 255], ChargeableUserIdentity = [1], TunnelAttributes = [2, 3], Reauthenticates = true, State = [9], Message = "Hello", Authentic = AcctAuthentic.Local,
            InputOctets = 5, OutputOctets = long.MaxValue, EndedAt = s_at.AddHours(1), TerminateCause = AcctTerminateCause.IdleTimeout,
        },
        new Session { Owner = "gw-" + way, AcctSessionId = way + "-2", UserName = "bob", UserKey = "BOB", ClientAddress = "2001:db8::1", ServerName = "first", StartedAt = DateTimeOffset.UnixEpoch },
    ];

    private static AccountingRecord[] Records(string way) =>
    [
        new AccountingRecord { Owner = "gw", AcctSessionId = way + "-1", Status = AcctStatusType.Stop, EventAt = s_at, ServerName = "first", Attributes = [1, 2, 3], SetAsideAt = s_at, SetAsideReason = "damaged" },
        new AccountingRecord { Owner = "gw", AcctSessionId = way + "-2", Status = AcctStatusType.Start, EventAt = s_at, Attributes = [] },
    ];

    private static PolicyDecision[] Decisions(string way) =>
    [
        new PolicyDecision { At = s_at, AcctSessionId = way + "-1", UserName = "alice", PolicyVersion = 3, Rule = "guests", Role = "guest", IsGranted = true, Words = "Granted." },
        new PolicyDecision { At = s_at, AcctSessionId = way + "-2", UserName = "alice", IsGranted = false, Words = string.Empty },
    ];
}
