using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace NacGateway.Core.Storage;

/// <summary>Brings the database to the schema of this version. Several gateways may do it at once: the provider's migration lock lets one.</summary>
public sealed partial class DatabaseMigration(IDbContextFactory<GatewayDbContext> contexts, ILogger<DatabaseMigration> log)
{
    /// <summary>Applies what is pending, and returns its names; none when the schema is current.</summary>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            string[] pending = [.. await database.Database.GetPendingMigrationsAsync(cancellationToken).ConfigureAwait(false)];
            if (pending.Length > 0)
            {
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
