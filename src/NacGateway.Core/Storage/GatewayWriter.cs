using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NacGateway.Core.Storage;

/// <summary>
/// The one writer: what waits together is committed together, so that many sign-ins share one fsync, and each caller hears only
/// after the commit. Operations run in the order they were given. Safe for concurrent use.
/// </summary>
public sealed partial class GatewayWriter : BackgroundService
{
    /// <summary>Writes that may wait; the next is refused as busy instead of making everybody wait longer.</summary>
    internal const int Capacity = 4096;

    /// <summary>Most writes of one transaction: bounds how long the first of them waits.</summary>
    internal const int BatchSize = 256;

    private const string Savepoint = "operation";

    private readonly Channel<PendingWrite> _queue = Channel.CreateBounded<PendingWrite>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly IDbContextFactory<GatewayDbContext> _contexts;
    private readonly ILogger<GatewayWriter> _log;
    private long _commits;

    /// <summary>A writer that begins with <see cref="BackgroundService.StartAsync"/>.</summary>
    public GatewayWriter(IDbContextFactory<GatewayDbContext> contexts, ILogger<GatewayWriter> log)
    {
        _contexts = contexts;
        _log = log;
    }

    /// <summary>Transactions committed so far; fewer than the writes, that is the point.</summary>
    public long Commits => Volatile.Read(ref _commits);

    /// <summary>Queues one write and waits until it is durable or refused.</summary>
    /// <param name="operation">Runs inside a transaction that it may share; its changes are saved for it. Its own failure undoes only its own changes.</param>
    /// <param name="cancellationToken">Counts until the operation begins.</param>
    public Task<WriteStatus> WriteAsync(Func<GatewayDbContext, CancellationToken, Task> operation, CancellationToken cancellationToken) =>
        WriteAsync(operation, committed: null, cancellationToken);

    /// <summary>As above, with an action that runs after the commit and before the next one: caches of the database follow it in order.</summary>
    internal Task<WriteStatus> WriteAsync(Func<GatewayDbContext, CancellationToken, Task> operation, Action? committed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var write = new PendingWrite(operation, committed, cancellationToken);
        return _queue.Writer.TryWrite(write) ? write.Outcome : Task.FromResult(WriteStatus.Busy);
    }

    /// <summary>Takes no more writes, and finishes those that wait.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        if (ExecuteTask is { } running)
        {
            await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ends by the channel's completion, not by the token: a write that was taken is written.
        List<PendingWrite> batch = new(BatchSize);
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (batch.Count < BatchSize && _queue.Reader.TryRead(out var write))
            {
                if (write.IsAbandoned)
                {
                    write.Abandon();
                }
                else
                {
                    batch.Add(write);
                }
            }

            await CommitAsync(batch).ConfigureAwait(false);
            batch.Clear();
        }
    }

    private async Task CommitAsync(List<PendingWrite> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            var database = await _contexts.CreateDbContextAsync().ConfigureAwait(false);
            await using (database.ConfigureAwait(false))
            {
                database.Database.AutoSavepointsEnabled = false;
                var transaction = await database.Database.BeginTransactionAsync().ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    foreach (var write in batch)
                    {
                        await ApplyAsync(database, transaction, write).ConfigureAwait(false);
                    }

                    await transaction.CommitAsync().ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception) when (IsEnvironment(exception))
        {
            Log.NotCommitted(_log, batch.Count, exception.GetBaseException().Message);
            batch.ForEach(write => write.Complete(WriteStatus.Unavailable));
            return;
        }

        Interlocked.Increment(ref _commits);
        foreach (var write in batch)
        {
            write.Complete(write.Applied ? WriteStatus.Committed : WriteStatus.Unavailable);
        }
    }

    private async Task ApplyAsync(GatewayDbContext database, IDbContextTransaction transaction, PendingWrite write)
    {
        await transaction.CreateSavepointAsync(Savepoint).ConfigureAwait(false);
        try
        {
            await write.RunAsync(database).ConfigureAwait(false);
            await database.SaveChangesAsync().ConfigureAwait(false);
            write.Applied = true;
        }
        catch (Exception exception)
        {
            // A full disk ends the whole transaction; the rollback to the savepoint then throws, and all of the batch is told so.
            await transaction.RollbackToSavepointAsync(Savepoint).ConfigureAwait(false);
            if (IsEnvironment(exception))
            {
                Log.Refused(_log, exception.GetBaseException().Message);
            }
            else
            {
                write.Fail(exception);
            }
        }
        finally
        {
            database.ChangeTracker.Clear();
        }
    }

    private static bool IsEnvironment(Exception exception) =>
        exception is DbException or DbUpdateException or TimeoutException or IOException or System.Net.Sockets.SocketException
        || exception.InnerException is DbException or TimeoutException or IOException or System.Net.Sockets.SocketException;

    private static partial class Log
    {
        [LoggerMessage(2900, LogLevel.Error, "{Count} changes could not be committed and were not made: {Reason} Check that the database of Storage:ConnectionString is reachable, not locked and not full.")]
        public static partial void NotCommitted(ILogger logger, int count, string reason);

        [LoggerMessage(2901, LogLevel.Error, "The database refused a change, which was not made: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);
    }
}
