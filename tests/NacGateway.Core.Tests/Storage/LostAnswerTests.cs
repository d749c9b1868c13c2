using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Npgsql;
using Xunit;

namespace NacGateway.Core.Tests.Storage;

/// <summary>Connections that are lost around a commit: memory, database and what the user was told must say the same in the end.</summary>
public sealed class LostAnswerTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_commit_whose_answer_is_cut_off_on_the_wire_counts_as_the_commit_that_it_is()
    {
        await using var plain = await Gateways.StartAsync(StorageProvider.PostgreSql, postgres);
        var folder = new NpgsqlConnectionStringBuilder(plain.ConnectionString).Host!;

        // With the NUL after it, for READ COMMITTED is said at each beginning.
        await using var cutter = new TcpCutter(Path.Combine(folder, ".s.PGSQL.5432"), "COMMIT\0"u8);
        var byTcp = new NpgsqlConnectionStringBuilder(plain.ConnectionString) { Host = "127.0.0.1", Port = cutter.Port, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable };
        await using var gateway = await plain.StartBesideAsync(byTcp.ConnectionString, ("Radius:NasIdentifier", "by-tcp"));

        cutter.Arm();
        var session = await gateway.OpenAsync(Openings.Of());

        Assert.True(cutter.HasCut);
        Assert.True(gateway.Table.TryGet(session.ClientAddress, out _));
        Assert.Equal(1, await gateway.ReadAsync(database => database.Set<Session>().CountAsync(row => row.EndedAt == null, Token)));
        Assert.Contains(gateway.Lines, line => line.Id == 2905);
        Assert.True(await gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.UserRequest, Token));
    }

    [Fact]
    public async Task A_connection_that_is_ended_before_the_commit_leaves_nothing_behind_and_the_next_write_gets_another()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.PostgreSql, postgres);
        var first = new TaskCompletionSource();
        var holding = gateway.Writer.WriteAsync((_, _) => first.Task, Token);

        var opening = gateway.Sessions.OpenAsync(Openings.Of(), Token);
        var ended = gateway.Writer.WriteAsync((database, token) => database.Database.ExecuteSqlAsync($"SELECT pg_terminate_backend(pg_backend_pid())", token), Token);
        first.SetResult();

        await holding;
        Assert.Equal(WriteStatus.Unavailable, await ended);
        Assert.IsType<OpenOutcome.Unavailable>(await opening);
        Assert.Equal(0, gateway.Table.Count);
        await gateway.OpenAsync(Openings.Of());
        Assert.Equal(1, await gateway.ReadAsync(database => database.Set<Session>().CountAsync(Token)));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_commit_whose_answer_is_lost_is_looked_up(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        gateway.Faults.Committed = DatabaseFaults.Once(() => throw new IOException("The connection is gone."));

        var session = await gateway.OpenAsync(Openings.Of());

        Assert.True(gateway.Table.TryGet(session.ClientAddress, out _));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_commit_that_never_arrived_is_no_session(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        gateway.Faults.Commit = DatabaseFaults.Once(() => throw new IOException("The connection is gone."));

        Assert.IsType<OpenOutcome.Unavailable>(await gateway.Sessions.OpenAsync(Openings.Of(), Token));

        Assert.Equal(0, gateway.Table.Count);
        Assert.False(await gateway.ReadAsync(database => database.Set<Session>().AnyAsync(Token)));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_session_that_was_recorded_after_all_is_ended_when_its_user_had_been_told_otherwise(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var earlier = await gateway.OpenAsync(Openings.Of("alice"));
        gateway.Faults.Committed = DatabaseFaults.Once(() =>
        {
            gateway.Faults.Begin = DatabaseFaults.Times(3, () => throw new IOException("The database is gone."));
            throw new IOException("The connection is gone.");
        });
        Assert.IsType<OpenOutcome.Unavailable>(await gateway.Sessions.OpenAsync(Openings.Of("bob"), Token));

        // Whatever is written next is written after the lost one is settled.
        Assert.Equal(WriteStatus.Committed, await gateway.Writer.WriteAsync((_, _) => Task.CompletedTask, Token));

        Assert.False(gateway.Table.TryGet(earlier.ClientAddress, out _));
        Assert.True(earlier.Ended.IsCancellationRequested);
        await gateway.Sweeper.SweepAsync(Token);
        Assert.Equal(0, gateway.Table.Count);
        Assert.Equal(
            [AcctTerminateCause.NasRequest, AcctTerminateCause.NasError],
            await gateway.ReadAsync(database => database.Set<Session>().OrderBy(row => row.Id).Select(row => row.TerminateCause!.Value).ToListAsync(Token)));
        await gateway.OpenAsync(Openings.Of("bob"));
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_though_nobody_writes()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var settled = new TaskCompletionSource();
        gateway.Faults.Committed = DatabaseFaults.Once(() =>
        {
            gateway.Faults.Begin = DatabaseFaults.Times(3, () => throw new IOException("The database is gone."));
            throw new IOException("The connection is gone.");
        });

        var status = await gateway.Writer.WriteAsync((_, _) => Task.CompletedTask, _ => settled.SetResult(), Token);

        Assert.Equal(WriteStatus.Unavailable, status);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!settled.Task.IsCompleted)
        {
            await tick.WaitForNextTickAsync(Token);
            gateway.Time.Advance(TimeSpan.FromMilliseconds(100));
        }
    }
}
