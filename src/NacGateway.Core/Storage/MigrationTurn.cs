using Microsoft.EntityFrameworkCore;

namespace NacGateway.Core.Storage;

/// <summary>
/// One process at a time migrates a database file. SQLite has no lock that ends with its holder, so Entity Framework writes a row, and
/// waits for ever for that of a process which was killed. This lock is the system's: whoever has it knows that such a row is nobody's.
/// </summary>
internal static class MigrationTurn
{
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the turn; null where the database is no file, and its server's own lock does.</summary>
    public static async Task<IDisposable?> TakeAsync(GatewayDbContext database, CancellationToken cancellationToken)
    {
        if (WriteLocks.IsShared(database) || FileLease.PathOf(database) is not { } file)
        {
            return null;
        }

        using var timer = new PeriodicTimer(s_again, TimeProvider.System);
        while (true)
        {
            try
            {
                return FileLease.Open(file + ".migrating");
            }
            catch (IOException) when (File.Exists(file + ".migrating"))
            {
                // Another one migrates; its end is the end of this wait.
                await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Removes the row of a process that was killed while it migrated. Only under the turn.</summary>
    public static async Task ForgetAbandonedAsync(GatewayDbContext database, IDisposable? turn, CancellationToken cancellationToken)
    {
        if (turn is null)
        {
            return;
        }

        await database.Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            DELETE FROM "__EFMigrationsLock";
            """,
            cancellationToken).ConfigureAwait(false);
    }
}
