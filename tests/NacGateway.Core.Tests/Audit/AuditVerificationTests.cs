using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Audit;

/// <summary>Whoever changes the trail behind the gateway's back is found out, and the first line that is not as it was is named.</summary>
public sealed class AuditVerificationTests(PostgreSqlServer postgres)
{
    public static TheoryData<StorageProvider, string, long, string> Tampering
    {
        get
        {
            var cases = new TheoryData<StorageProvider, string, long, string>();
            foreach (var provider in (ReadOnlySpan<StorageProvider>)[StorageProvider.Sqlite, StorageProvider.PostgreSql])
            {
                foreach (var (column, value) in ((string, string)[])[("Actor", "'mallory'"), ("Role", "NULL"), ("Source", "'192.0.2.66'"), ("Action", "'session.extend'"), ("Target", "'other'"), ("Outcome", "'refused'"), ("Detail", "'nothing'"), ("Detail", "NULL")])
                {
                    cases.Add(provider, $"UPDATE \"AuditRecords\" SET \"{column}\" = {value} WHERE \"Sequence\" = 3", 3, "not what was written");
                }

                cases.Add(provider, "UPDATE \"AuditRecords\" SET \"At\" = (SELECT \"At\" FROM \"AuditRecords\" WHERE \"Sequence\" = 5) WHERE \"Sequence\" = 3", 3, "not what was written");
                cases.Add(provider, "UPDATE \"AuditRecords\" SET \"Hash\" = \"PreviousHash\" WHERE \"Sequence\" = 3", 3, "not what was written");
                cases.Add(provider, "DELETE FROM \"AuditRecords\" WHERE \"Sequence\" = 1", 1, "missing");
                cases.Add(provider, "DELETE FROM \"AuditRecords\" WHERE \"Sequence\" = 4", 4, "missing; the next one there is line 5");
                cases.Add(provider, "DELETE FROM \"AuditRecords\" WHERE \"Sequence\" = 6", 6, "missing; the trail ended with line 6");
                cases.Add(provider, "DELETE FROM \"AuditRecords\" WHERE \"Sequence\" > 3", 4, "missing; the trail ended with line 6");
                cases.Add(provider, "DELETE FROM \"AuditRecords\"", 1, "missing; the trail ended with line 6");
                cases.Add(provider, "INSERT INTO \"AuditRecords\" (\"Sequence\", \"At\", \"Actor\", \"Role\", \"Source\", \"Action\", \"Target\", \"Outcome\", \"Detail\", \"PreviousHash\", \"Hash\") SELECT 7, \"At\", \"Actor\", \"Role\", \"Source\", \"Action\", \"Target\", \"Outcome\", \"Detail\", \"PreviousHash\", \"Hash\" FROM \"AuditRecords\" WHERE \"Sequence\" = 6", 7, "not what was written");
                cases.Add(provider, "UPDATE \"AuditRecords\" SET \"Sequence\" = -\"Sequence\" WHERE \"Sequence\" >= 4; UPDATE \"AuditRecords\" SET \"Sequence\" = 1 - \"Sequence\" WHERE \"Sequence\" < 0; INSERT INTO \"AuditRecords\" (\"Sequence\", \"At\", \"Actor\", \"Role\", \"Source\", \"Action\", \"Target\", \"Outcome\", \"Detail\", \"PreviousHash\", \"Hash\") SELECT 4, \"At\", 'mallory', \"Role\", \"Source\", \"Action\", \"Target\", \"Outcome\", \"Detail\", \"PreviousHash\", \"Hash\" FROM \"AuditRecords\" WHERE \"Sequence\" = 3", 4, "not what was written");
                cases.Add(provider, "DELETE FROM \"AuditHeads\"", 7, "the end of the trail");
                cases.Add(provider, "UPDATE \"AuditHeads\" SET \"Sequence\" = 5", 6, "behind the end");
                cases.Add(provider, "UPDATE \"AuditHeads\" SET \"Hash\" = (SELECT \"Hash\" FROM \"AuditRecords\" WHERE \"Sequence\" = 2)", 6, "not the line with which the trail ended");
                cases.Add(provider, "UPDATE \"AuditRecords\" SET \"Sequence\" = 100 WHERE \"Sequence\" = 3; UPDATE \"AuditRecords\" SET \"Sequence\" = 3 WHERE \"Sequence\" = 4; UPDATE \"AuditRecords\" SET \"Sequence\" = 4 WHERE \"Sequence\" = 100", 3, "not what was written");
                cases.Add(provider, "UPDATE \"AuditRecords\" SET \"Sequence\" = 0 WHERE \"Sequence\" = 1", 0, "before the first");
            }

            return cases;
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_trail_that_nobody_touched_is_whole(StorageProvider provider)
    {
        await using var gateway = await FilledAsync(provider);

        var verdict = await gateway.Get<AuditVerification>().RunAsync(Cancellation);
        Assert.True(verdict.IsWhole);
        Assert.Equal("6 lines, whole.", verdict.ToString());
        Assert.Equal(6, verdict.Last!.Sequence);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_trail_that_was_written_anew_does_not_fit_what_was_noted_down(StorageProvider provider)
    {
        await using var gateway = await FilledAsync(provider);
        var verification = gateway.Get<AuditVerification>();
        var noted = (await verification.RunAsync(Cancellation)).Last!;
        Assert.True(AuditMark.TryParse(noted.ToString(), out var read));
        Assert.True((await verification.RunAsync(read, progress: null, Cancellation)).IsWhole);

        await ExecuteAsync(gateway, "DELETE FROM \"AuditRecords\"");
        await ExecuteAsync(gateway, "DELETE FROM \"AuditHeads\"");
        await FillAsync(gateway, 4);
        var shorter = await verification.RunAsync(read, progress: null, Cancellation);
        await FillAsync(gateway, 4);
        var longer = await verification.RunAsync(read, progress: null, Cancellation);

        Assert.True((await verification.RunAsync(Cancellation)).IsWhole);
        Assert.Equal((5, "it is missing; line 6 was noted down."), (shorter.Sequence, shorter.Reason));
        Assert.Equal(6, longer.Sequence);
        Assert.Contains("noted down", longer.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_trail_that_was_emptied_with_its_end_is_no_new_one_where_somebody_has_an_account(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var before = await gateway.Get<AuditVerification>().RunAsync(Cancellation);
        await gateway.Get<AdministratorAccounts>().AddAsync(
            new NewAdministrator { Name = "ada", PasswordHash = "x", Role = DeskRole.Administrator }, new AuditEntry { Actor = AuditEntry.CommandLine, Action = "administrator.add" }, Cancellation);
        await ExecuteAsync(gateway, "DELETE FROM \"AuditRecords\"");
        await ExecuteAsync(gateway, "DELETE FROM \"AuditHeads\"");

        var after = await gateway.Get<AuditVerification>().RunAsync(Cancellation);

        Assert.Equal("0 lines, whole.", before.ToString());
        Assert.Equal("Damaged at line 1: it is missing, as is the whole trail and its end; but there are 1 accounts of administrators, which left lines in it.", after.ToString());
        Assert.True(after.IsEndGone);
    }

    [Fact]
    public async Task A_long_trail_says_how_far_it_is()
    {
        await using var gateway = await FilledAsync(StorageProvider.Sqlite);
        var progress = new Seen();

        await gateway.Get<AuditVerification>().RunAsync(noted: null, progress, Cancellation);

        Assert.Equal(6, progress.Values[^1]);
    }

    [Theory]
    [MemberData(nameof(Tampering))]
    public async Task What_was_changed_left_out_or_put_in_is_named(StorageProvider provider, string sql, long sequence, string reason)
    {
        await using var gateway = await FilledAsync(provider);
        await ExecuteAsync(gateway, sql);

        var verdict = await gateway.Get<AuditVerification>().RunAsync(Cancellation);

        Assert.Equal(sequence, verdict.Sequence);
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(Math.Max(0, sequence - 1), verdict.Lines);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_line_made_to_fit_by_itself_does_not_fit_the_one_before(StorageProvider provider)
    {
        await using var gateway = await FilledAsync(provider);
        await using (var database = await gateway.Get<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(Cancellation))
        {
            var line = await database.Set<AuditRecord>().AsNoTracking().SingleAsync(row => row.Sequence == 3, Cancellation);
            var forged = line with { Actor = "mallory" };
            forged = forged with { Hash = AuditChain.Hash(forged) };
            await database.Set<AuditRecord>().Where(row => row.Sequence == 3).ExecuteDeleteAsync(Cancellation);
            database.Add(forged);
            await database.SaveChangesAsync(Cancellation);
        }

        var verdict = await gateway.Get<AuditVerification>().RunAsync(Cancellation);

        Assert.Equal((4, "it does not follow the line before it: another one stood there when it was written."), (verdict.Sequence, verdict.Reason));
    }

    [Fact]
    public async Task What_a_column_cannot_hold_is_damage_and_no_crash()
    {
        await using var gateway = await FilledAsync(StorageProvider.Sqlite);
        await ExecuteAsync(gateway, "UPDATE \"AuditRecords\" SET \"At\" = 'yesterday' WHERE \"Sequence\" = 3");

        Assert.False((await gateway.Get<AuditVerification>().RunAsync(Cancellation)).IsWhole);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task It_is_whole_while_lines_are_added_by_many(StorageProvider provider)
    {
        await using var gateway = await FilledAsync(provider);
        var adding = Parallel.ForAsync(0, 200, Cancellation, async (number, ct) => await gateway.Get<AuditLog>().RecordAsync(new AuditEntry { Actor = $"a{number}", Action = "test.add" }, ct));
        do
        {
            Assert.True((await gateway.Get<AuditVerification>().RunAsync(Cancellation)).IsWhole);
        }
        while (!adding.IsCompleted);

        await adding;
        Assert.Equal("206 lines, whole.", (await gateway.Get<AuditVerification>().RunAsync(Cancellation)).ToString());
    }

    private async Task<Gateways> FilledAsync(StorageProvider provider)
    {
        var gateway = await Gateways.StartAsync(provider, postgres);
        await FillAsync(gateway, 6);
        return gateway;
    }

    private static async Task FillAsync(Gateways gateway, int lines)
    {
        for (var number = 1; number <= lines; number++)
        {
            gateway.Time.Advance(TimeSpan.FromSeconds(1.0001));
            await gateway.Get<AuditLog>().RecordAsync(new AuditEntry { Actor = "ada", Role = "Administrator", Source = "192.0.2.7", Action = "session.disconnect", Target = $"s{number}", Detail = "why" }, Cancellation);
        }
    }

    private static async Task ExecuteAsync(Gateways gateway, string sql)
    {
        await using var database = await gateway.Get<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(Cancellation);
        await database.Database.ExecuteSqlRawAsync(sql, Cancellation);
    }

    private sealed class Seen : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }
}
