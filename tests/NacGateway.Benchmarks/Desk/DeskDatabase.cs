using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NacGateway.Core;
using NacGateway.Core.Storage;
using NacGateway.Migrations.PostgreSql;
using NacGateway.Migrations.Sqlite;

namespace NacGateway.Benchmarks.Desk;

/// <summary>A database with a million sessions of a hundred days: 20,000 people with 50,000 devices, two servers, three roles; all have ended.</summary>
internal static class DeskDatabase
{
    public const int Many = 1_000_000;

    private const int SecondsBetween = 8;

    /// <summary>Columns and their values for session number i, but for times, which the databases write differently.</summary>
    private const string Columns = """
        INSERT INTO "Sessions" ("Owner", "AcctSessionId", "UserName", "UserKey", "ClientAddress", "CallingStationId", "ServerName", "Role", "SessionTimeout", "IdleTimeout", "InterimInterval",
            "InputOctets", "OutputOctets", "TerminateCause", "Reauthenticates", "StartedAt", "EndedAt")
        SELECT 'nacgateway', 'desk' || substr('0000000' || i, -7), 'user' || u || '@example.org', 'USER' || u || '@EXAMPLE.ORG', '10.' || (i * 31 % 64) || '.' || (i * 17 % 256) || '.' || (i * 7 % 254 + 1),
            '02-00-5E-' || substr(m, 1, 2) || '-' || substr(m, 3, 2) || '-' || substr(m, 5, 2), CASE WHEN i % 5 = 0 THEN 'dc-2' ELSE 'dc-1' END, CASE WHEN i % 20 = 0 THEN 'iot' WHEN i % 3 = 0 THEN 'guest' ELSE 'staff' END,
            28800, 1800, 600, i % 1000 * 1000, i % 5000 * 10000, CASE WHEN i % 100 = 0 THEN 2 WHEN i % 7 = 0 THEN 4 ELSE 1 END,
        """;

    private const string Sqlite = """
            0, strftime('%Y-%m-%d %H:%M:%S', at, 'unixepoch'), strftime('%Y-%m-%d %H:%M:%S', at + 3600, 'unixepoch')
        FROM (WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {0} - 1)
            SELECT i, substr('00000' || (i * 7919 % 20000), -5) AS u, printf('%06d', i * 7919 % 50000) AS m, {1} - ({0} - i) * {2} AS at FROM n)
        """;

    private const string PostgreSql = """
            false, to_timestamp(at), to_timestamp(at + 3600)
        FROM (SELECT i, lpad((i * 7919 % 20000)::text, 5, '0') AS u, lpad((i * 7919 % 50000)::text, 6, '0') AS m, {1} - ({0} - i) * {2} AS at FROM generate_series(0, {0}::bigint - 1) AS i) AS n
        """;

    /// <summary>All of Core over a database, not started.</summary>
    public static ServiceProvider Open(string provider, string connectionString)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storage:ConnectionString"] = connectionString,
            ["Accounting:Enabled"] = "false",
            ["Radius:Servers:0:Name"] = "dc-1",
            ["Radius:Servers:0:Host"] = "127.0.0.1",
            ["Radius:Servers:0:Secret"] = Radius.RadiusUsers.Secret,
        };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddGatewayCore(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), database =>
        {
            if (provider == "PostgreSQL")
            {
                PostgreSqlStorage.Use(database, connectionString);
            }
            else
            {
                SqliteStorage.Use(database, connectionString);
            }
        });
        return services.BuildServiceProvider();
    }

    /// <summary>Makes the tables and fills them; the sessions end an hour ago.</summary>
    public static async Task FillAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var database = await services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(cancellationToken);
        database.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
        await database.Database.MigrateAsync(cancellationToken);
        await database.Database.OpenConnectionAsync(cancellationToken);
        var isSqlite = database.Database.IsSqlite();
        if (isSqlite)
        {
            await RunAsync(database, "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;", cancellationToken);
        }

        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 3600;
        await RunAsync(database, Columns + Environment.NewLine + string.Format(CultureInfo.InvariantCulture, isSqlite ? Sqlite : PostgreSql, Many, now, SecondsBetween), cancellationToken);
        if (!isSqlite)
        {
            // What its autovacuum does within a minute of such a day. SQLite has no such thing, and the gateway does not ask it to.
            await RunAsync(database, "ANALYZE", cancellationToken);
        }
    }

    private static async Task RunAsync(GatewayDbContext database, string sql, CancellationToken cancellationToken)
    {
        await using var command = database.Database.GetDbConnection().CreateCommand();
        command.CommandTimeout = 300;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
