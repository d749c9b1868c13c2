using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Storage;

public sealed class GatewayWriterTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task Writes_that_wait_together_share_a_commit(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var first = new TaskCompletionSource();
        var holding = gateway.Writer.WriteAsync((_, _) => first.Task, Token);
        var before = gateway.Writer.Commits;

        var openings = Enumerable.Range(1, 200).Select(n => gateway.Sessions.OpenAsync(Openings.Of($"user{n}", $"192.0.2.{n}"), Token)).ToArray();
        first.SetResult();
        await holding;
        var outcomes = await Task.WhenAll(openings);

        Assert.All(outcomes, outcome => Assert.IsType<OpenOutcome.Opened>(outcome));
        Assert.InRange(gateway.Writer.Commits - before, 1, 3);
        Assert.Equal(200, await gateway.ReadAsync(database => database.Set<Session>().CountAsync(Token)));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_write_that_fails_undoes_itself_and_not_its_neighbours(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var first = new TaskCompletionSource();
        var holding = gateway.Writer.WriteAsync((_, _) => first.Task, Token);
        var twice = Openings.Of("eve", "192.0.2.50");

        var before = gateway.Sessions.OpenAsync(Openings.Of("alice", "192.0.2.1"), Token);
        var original = gateway.Sessions.OpenAsync(twice, Token);
        var sameId = gateway.Sessions.OpenAsync(twice with { ClientAddress = System.Net.IPAddress.Parse("192.0.2.51") }, Token);
        var after = gateway.Sessions.OpenAsync(Openings.Of("bob", "192.0.2.2"), Token);
        first.SetResult();
        await holding;

        Assert.IsType<OpenOutcome.Opened>(await before);
        Assert.IsType<OpenOutcome.Opened>(await original);
        Assert.IsType<OpenOutcome.Unavailable>(await sameId);
        Assert.IsType<OpenOutcome.Opened>(await after);
        Assert.Equal(3, await gateway.ReadAsync(database => database.Set<Session>().CountAsync(Token)));
        Assert.Equal(3, gateway.Table.Count);
    }

    [Fact]
    public async Task A_bug_in_an_operation_reaches_its_caller_and_nobody_else()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);

        var broken = gateway.Writer.WriteAsync((_, _) => throw new FormatException("a bug"), Token);
        var sound = gateway.OpenAsync(Openings.Of());

        await Assert.ThrowsAsync<FormatException>(() => broken);
        Assert.NotNull(await sound);
    }

    [Fact]
    public async Task A_locked_database_grants_nothing_and_serves_again_when_the_lock_is_gone()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        await using (var other = new SqliteConnection(gateway.ConnectionString + ";Pooling=false"))
        {
            await other.OpenAsync(Token);
            await using var transaction = await other.BeginTransactionAsync(Token);

            Assert.IsType<OpenOutcome.Unavailable>(await gateway.Sessions.OpenAsync(Openings.Of(), Token));
            Assert.Equal(0, gateway.Table.Count);
        }

        await gateway.OpenAsync(Openings.Of());
        Assert.Equal(1, gateway.Table.Count);
    }

    [Fact]
    public async Task A_full_database_grants_nothing_and_leaves_no_half_of_a_session()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        await gateway.OpenAsync(Openings.Of("first", "192.0.2.1"));

        // The page limit belongs to a connection: it is set on the one that the operation itself runs on.
        var full = await gateway.Writer.WriteAsync(
            async (database, token) =>
            {
                await database.Database.ExecuteSqlRawAsync("PRAGMA max_page_count=1", token);
                for (var n = 0; n < 2000; n++)
                {
                    database.Add(SessionRows.ToRow(Openings.Of("user" + n, $"198.51.{n / 250}.{(n % 250) + 1}"), gateway.Time.GetUtcNow()));
                }

                await database.SaveChangesAsync(token);
            },
            Token);

        Assert.Equal(WriteStatus.Unavailable, full);
        SqliteConnection.ClearAllPools();
        Assert.Equal(1, await gateway.ReadAsync(database => database.Set<Session>().CountAsync(Token)));
        Assert.Equal(1, gateway.Table.Count);
    }

    [Fact]
    public async Task A_full_queue_is_told_at_once()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var first = new TaskCompletionSource();
        var running = new TaskCompletionSource();
        var holding = gateway.Writer.WriteAsync((_, _) => { running.SetResult(); return first.Task; }, Token);
        await running.Task;

        var waiting = Enumerable.Range(0, GatewayWriter.Capacity).Select(_ => gateway.Writer.WriteAsync((_, _) => Task.CompletedTask, Token)).ToArray();
        var outcome = await gateway.Sessions.OpenAsync(Openings.Of(), Token);
        first.SetResult();
        await holding;

        Assert.IsType<OpenOutcome.Busy>(outcome);
        Assert.All(await Task.WhenAll(waiting), status => Assert.Equal(WriteStatus.Committed, status));
    }

    [Fact]
    public async Task The_database_file_is_its_owners_alone_and_synchronises_fully()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        await gateway.OpenAsync(Openings.Of());
        var file = new SqliteConnectionStringBuilder(gateway.ConnectionString).DataSource;

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(file + "-wal"));
        Assert.Equal("wal", await gateway.ReadAsync(database => database.Database.SqlQueryRaw<string>("SELECT journal_mode AS \"Value\" FROM pragma_journal_mode").SingleAsync(Token)));
        Assert.Equal(2, await gateway.ReadAsync(database => database.Database.SqlQueryRaw<int>("SELECT synchronous AS \"Value\" FROM pragma_synchronous").SingleAsync(Token)));
    }

    [Fact]
    public async Task A_backup_is_a_whole_database()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        await gateway.OpenAsync(Openings.Of());
        using var folder = new TemporaryFolder();
        var copy = Path.Combine(folder.FullName, "copy.db");

        await NacGateway.Migrations.Sqlite.SqliteCopy.MakeAsync(gateway.ConnectionString, copy, replaces: false, Token);

        await using var connection = new SqliteConnection($"Data Source={copy};Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM Sessions";
        Assert.Equal(1L, await command.ExecuteScalarAsync(Token));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(copy));
    }

    [Fact]
    public async Task A_backup_is_its_owners_alone_while_it_is_made()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        using var folder = new TemporaryFolder();
        var copy = Path.Combine(folder.FullName, "copy.db");
        await gateway.ReadAsync(database => database.Database.ExecuteSqlRawAsync("CREATE TABLE Ballast AS SELECT zeroblob(30000000) AS Value", Token));

        var backup = Task.Run(() => NacGateway.Migrations.Sqlite.SqliteCopy.MakeAsync(gateway.ConnectionString, copy, replaces: false, Token), Token);
        HashSet<UnixFileMode> seen = [];
        while (!backup.IsCompleted)
        {
            if (File.Exists(copy))
            {
                seen.Add(Mode(copy));
            }
        }

        await backup;
        seen.Add(Mode(copy));
        Assert.Equal([UnixFileMode.UserRead | UnixFileMode.UserWrite], seen);
    }

    [Fact]
    public async Task A_backup_that_fails_leaves_no_file_and_one_that_is_there_is_not_touched()
    {
        using var folder = new TemporaryFolder();
        var source = folder.Write("broken.db", new string('x', 10_000));
        var copy = Path.Combine(folder.FullName, "copy.db");
        var there = folder.Write("there.db", "");

        await Assert.ThrowsAsync<SqliteException>(() => NacGateway.Migrations.Sqlite.SqliteCopy.MakeAsync($"Data Source={source}", copy, replaces: false, Token));
        await Assert.ThrowsAsync<IOException>(() => NacGateway.Migrations.Sqlite.SqliteCopy.MakeAsync($"Data Source={source}", there, replaces: false, Token));

        Assert.False(File.Exists(copy));
        Assert.True(File.Exists(there));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task The_migrations_hold_the_whole_model(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);

        Assert.False(await gateway.ReadAsync(database => Task.FromResult(database.Database.HasPendingModelChanges())));
        Assert.Empty(await gateway.Get<DatabaseMigration>().ApplyAsync(Token));
    }

    private static UnixFileMode Mode(string file) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(file);
}
