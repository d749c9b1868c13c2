using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using NacGateway.Core.Storage;
using NacGateway.Migrations.PostgreSql;
using NacGateway.Migrations.Sqlite;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Storage;

/// <summary>Databases of every earlier version come up with all that was in them; those of a later one are left alone.</summary>
public sealed class UpgradeTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Each schema that there was, on each provider.</summary>
    public static TheoryData<StorageProvider, string> Versions()
    {
        TheoryData<StorageProvider, string> all = [];
        foreach (var provider in Enum.GetValues<StorageProvider>())
        {
            using var database = Context(provider, provider == StorageProvider.Sqlite ? "Data Source=:memory:" : "Host=none");
            foreach (var migration in database.Database.GetMigrations().SkipLast(1))
            {
                all.Add(provider, migration);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_database_of_an_earlier_version_keeps_every_row(StorageProvider provider, string version)
    {
        using var folder = new TemporaryFolder();
        var connection = await EmptyAsync(provider, folder);
        await using (var earlier = Context(provider, connection))
        {
            await earlier.GetService<IMigrator>().MigrateAsync(version, Token);
        }

        await using var database = Context(provider, connection);
        await database.Database.OpenConnectionAsync(Token);
        var rows = await SampleRows.FillAsync(database, Token);

        var applied = await Migration(provider, connection).ApplyAsync(Token);

        Assert.NotEmpty(applied);
        Assert.Empty(await database.Database.GetPendingMigrationsAsync(Token));
        Assert.True(rows.Count > 1, "Too few tables were filled.");
        foreach (var (query, before) in rows)
        {
            Assert.Equal(before, await SampleRows.ReadAsync(database, query, Token));
        }
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_database_of_a_later_version_is_refused_and_not_changed(StorageProvider provider)
    {
        using var folder = new TemporaryFolder();
        var connection = await EmptyAsync(provider, folder);
        await Migration(provider, connection).ApplyAsync(Token);
        await using var database = Context(provider, connection);
        await database.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29991231235959_Later', '99.0.0')", Token);

        var refused = await Assert.ThrowsAsync<SchemaIsNewerException>(() => Migration(provider, connection).ApplyAsync(Token));

        Assert.Contains("29991231235959_Later", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Install that version", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lock_of_a_migration_that_was_killed_holds_up_nobody()
    {
        using var folder = new TemporaryFolder();
        var connection = await EmptyAsync(StorageProvider.Sqlite, folder);
        await using (var killed = Context(StorageProvider.Sqlite, connection))
        {
            await killed.GetService<IMigrator>().MigrateAsync(killed.Database.GetMigrations().First(), Token);

            // As kill -9 leaves it: the row of the lock is there, and nobody will remove it.
            await killed.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01')", Token);
        }

        var applied = await Migration(StorageProvider.Sqlite, connection).ApplyAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Token);

        Assert.NotEmpty(applied);
    }

    [Fact]
    public async Task Several_may_migrate_one_file_at_once()
    {
        using var folder = new TemporaryFolder();
        var connection = await EmptyAsync(StorageProvider.Sqlite, folder);

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Migration(StorageProvider.Sqlite, connection).ApplyAsync(Token), Token)));

        Assert.Single(applied, names => names.Count > 0);
    }

    private static GatewayDbContext Context(StorageProvider provider, string connection)
    {
        var options = new DbContextOptionsBuilder<GatewayDbContext>();
        if (provider == StorageProvider.Sqlite)
        {
            SqliteStorage.Use(options, connection);
        }
        else
        {
            PostgreSqlStorage.Use(options, connection);
        }

        return new GatewayDbContext(options.Options);
    }

    private static DatabaseMigration Migration(StorageProvider provider, string connection) =>
        new(new Contexts(() => Context(provider, connection)), NullLogger<DatabaseMigration>.Instance);

    private async Task<string> EmptyAsync(StorageProvider provider, TemporaryFolder folder) => provider == StorageProvider.Sqlite
        ? new SqliteConnectionStringBuilder { DataSource = folder["nacgateway.db"], Pooling = false }.ConnectionString
        : await postgres.CreateDatabaseAsync(Token) + ";Pooling=false";

    private sealed class Contexts(Func<GatewayDbContext> make) : IDbContextFactory<GatewayDbContext>
    {
        public GatewayDbContext CreateDbContext() => make();
    }
}
