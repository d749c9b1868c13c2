using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace NacGateway.Core.Storage;

/// <summary>Runs writes in one transaction, and says how it ended.</summary>
internal sealed partial class WriteTransaction(IDbContextFactory<GatewayDbContext> contexts, BatchMark mark, ILogger<WriteTransaction> log)
{
    private const string Savepoint = "operation";

    /// <summary>Runs them in order. Whoever failed by a fault of its own has been told when this returns, the others have not.</summary>
    /// <param name="writes">What to write.</param>
    /// <param name="batch">The transaction's own id.</param>
    /// <param name="divided">
    /// Whether each is behind a savepoint of its own, so that a failure undoes one only. Failures are rare and a savepoint costs as
    /// much as a row, so the first try goes without.
    /// </param>
    public async Task<TransactionEnd> RunAsync(IReadOnlyList<PendingWrite> writes, Guid batch, bool divided)
    {
        var asked = false;
        try
        {
            var database = await contexts.CreateDbContextAsync().ConfigureAwait(false);
            await using (database.ConfigureAwait(false))
            {
                database.Database.AutoSavepointsEnabled = false;
                var transaction = await database.Database.BeginTransactionAsync().ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    await mark.PutAsync(database, batch).ConfigureAwait(false);
                    await WriteLocks.TakeAsync(database, writes).ConfigureAwait(false);
                    if (!divided && !await TryApplyAsync(database, transaction, writes).ConfigureAwait(false))
                    {
                        return TransactionEnd.Undivided;
                    }

                    foreach (var write in divided ? writes : [])
                    {
                        if (!await TryApplyAsync(database, transaction, write).ConfigureAwait(false))
                        {
                            return TransactionEnd.Spoilt;
                        }
                    }

                    asked = true;
                    await transaction.CommitAsync().ConfigureAwait(false);
                }
            }

            mark.Committed(batch);
            return TransactionEnd.Committed;
        }
        catch (Exception exception) when (asked || IsEnvironment(exception))
        {
            Log.NotCommitted(log, writes.Count, exception.GetBaseException().Message);
            return asked ? TransactionEnd.Unknown : TransactionEnd.NotMade;
        }
    }

    /// <summary>Whether an exception tells of the database's state, not of a fault in this program.</summary>
    public static bool IsEnvironment(Exception exception) =>
        exception is DbException or DbUpdateException or StorageUnavailableException or TimeoutException or IOException or System.Net.Sockets.SocketException
        || exception.InnerException is DbException or TimeoutException or IOException or System.Net.Sockets.SocketException;

    /// <summary>Returns false when one failed; nobody has been told anything, for the next try may end otherwise.</summary>
    private static async Task<bool> TryApplyAsync(GatewayDbContext database, IDbContextTransaction transaction, IReadOnlyList<PendingWrite> writes)
    {
        try
        {
            foreach (var write in writes)
            {
                await ApplyAsync(database, transaction, write, mayWait: true).ConfigureAwait(false);
            }

            await database.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (Exception)
        {
            // Not swallowed: the next try finds the culprit and tells it.
            return false;
        }
    }

    /// <summary>Runs one. Rows that it appends may wait for those of the next one, if nothing else is to be saved: an INSERT that is ready serves them all.</summary>
    private static async Task ApplyAsync(GatewayDbContext database, IDbContextTransaction transaction, PendingWrite write, bool mayWait)
    {
        write.Applied = false;
        if (!write.FlushesBeforeReading)
        {
            await database.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await write.RunAsync(database).ConfigureAwait(false);
        if (!mayWait || database.ChangeTracker.HasChanges())
        {
            await database.SaveChangesAsync().ConfigureAwait(false);
        }

        if (!ReferenceEquals(database.Database.CurrentTransaction, transaction))
        {
            throw new InvalidOperationException("The operation ended the transaction that it shares with others.");
        }

        database.ChangeTracker.Clear();
        write.Applied = true;
    }

    /// <summary>Returns false when the transaction cannot be used any more because of this write.</summary>
    private async Task<bool> TryApplyAsync(GatewayDbContext database, IDbContextTransaction transaction, PendingWrite write)
    {
        write.Applied = false;
        await transaction.CreateSavepointAsync(Savepoint).ConfigureAwait(false);
        try
        {
            await ApplyAsync(database, transaction, write, mayWait: false).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (IsEnvironment(exception))
        {
            // A full disk or a lost connection ends the whole transaction; the rollback to the savepoint then throws, and all are told so.
            Log.Refused(log, exception.GetBaseException().Message);
            await RollbackAsync(database, transaction, exception).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception)
        {
            write.Fail(exception);
            return await TryRollbackAsync(database, transaction).ConfigureAwait(false);
        }
    }

    private static async Task RollbackAsync(GatewayDbContext database, IDbContextTransaction transaction, Exception cause)
    {
        try
        {
            await transaction.RollbackToSavepointAsync(Savepoint).ConfigureAwait(false);
            database.Forget();
        }
        catch (Exception exception) when (!IsEnvironment(exception))
        {
            // What a driver says about a connection that is no more may look like a fault of ours.
            throw new StorageUnavailableException(cause.Message, cause);
        }
    }

    private static async Task<bool> TryRollbackAsync(GatewayDbContext database, IDbContextTransaction transaction)
    {
        try
        {
            await transaction.RollbackToSavepointAsync(Savepoint).ConfigureAwait(false);
            database.Forget();
            return true;
        }
        catch (Exception exception) when (!IsEnvironment(exception))
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2900, LogLevel.Error, "{Count} changes could not be committed: {Reason} Check that the database of Storage:ConnectionString is reachable, not locked and not full.")]
        public static partial void NotCommitted(ILogger logger, int count, string reason);

        [LoggerMessage(2901, LogLevel.Error, "The database refused a change, which was not made: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);
    }
}
