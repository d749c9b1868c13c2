using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace NacGateway.Core.Storage;

/// <summary>Brings the database to the schema of this version. Several gateways may do it at once: the provider's migration lock lets one.</summary>
public sealed partial class DatabaseMigration(IDbContextFactory<GatewayDbContext> contexts, ILogger<DatabaseMigration> log)
{
    /// <summary>Applies what is pending, and returns its names; none when the schema is current.</summary>
    /// <exception cref="SchemaIsNewerException">A later version has had the database; nothing was changed.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            using var turn = await MigrationTurn.TakeAsync(database, cancellationToken).ConfigureAwait(false);
            string[] known = [.. database.Database.GetMigrations()];
            string[] applied = [.. await database.Database.GetAppliedMigrationsAsync(cancellationToken).ConfigureAwait(false)];
            if (applied.Except(known, StringComparer.Ordinal).ToArray() is { Length: > 0 } unknown)
            {
                throw new SchemaIsNewerException(
                    $"The database was brought to the schema of a later version ({string.Join(", ", unknown)}), which this version would damage. Install that version again, or restore a backup that this one made.");
            }

            string[] pending = [.. known.Except(applied, StringComparer.Ordinal)];
            if (pending.Length > 0)
            {
                await MigrationTurn.ForgetAbandonedAsync(database, turn, cancellationToken).ConfigureAwait(false);
                await database.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
                Log.Migrated(log, string.Join(", ", pending));
            }

            return pending;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2902, LogLevel.Information, "The database was migrated: {Migrations}")]
        public static partial void Migrated(ILogger logger, string migrations);
    }
}
