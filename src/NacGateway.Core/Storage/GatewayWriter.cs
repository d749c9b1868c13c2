using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
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

    /// <summary>Tries to learn a lost answer before the callers are told that the database is gone: the first may get a connection that died with the lost one.</summary>
    private const int Questions = 3;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    private readonly Channel<PendingWrite> _queue = Channel.CreateBounded<PendingWrite>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly WriteTransaction _transaction;
    private readonly BatchMark _mark;
    private readonly TimeProvider _time;
    private readonly ILogger<GatewayWriter> _log;

    /// <summary>A transaction whose end is not known, and its writes. Nothing is written before it is settled, or the order would be lost.</summary>
    private (Guid Batch, PendingWrite[] Writes)? _unsettled;

    private long _commits;
    private long _failures;
    private volatile bool _isAway;

    /// <summary>A writer that begins with <see cref="BackgroundService.StartAsync"/>.</summary>
    public GatewayWriter(IDbContextFactory<GatewayDbContext> contexts, GatewayIdentity identity, TimeProvider time, ILoggerFactory logs)
    {
        _mark = new BatchMark(contexts, identity, logs.CreateLogger<BatchMark>());
        _transaction = new WriteTransaction(contexts, _mark, logs.CreateLogger<WriteTransaction>());
        _time = time;
        Identity = identity;
        _log = logs.CreateLogger<GatewayWriter>();
    }

    /// <summary>Under whose name it writes.</summary>
    public GatewayIdentity Identity { get; }

    /// <summary>Transactions committed so far; fewer than the writes, that is the point.</summary>
    public long Commits => Volatile.Read(ref _commits);

    /// <summary>Transactions that the database did not take, or whose end it could not tell.</summary>
    internal long Failures => Volatile.Read(ref _failures);

    /// <summary>Whether the last one was such a transaction.</summary>
    internal bool IsAway => _isAway;

    /// <summary>Queues one write and waits until it is durable or refused.</summary>
    /// <param name="operation">
    /// Runs inside a transaction that it may share; its changes are saved for it. Its own failure undoes only its own changes. It may
    /// run again, in another transaction, when the first one was not made.
    /// </param>
    /// <param name="cancellationToken">Counts until the operation begins.</param>
    public Task<WriteStatus> WriteAsync(Func<GatewayDbContext, CancellationToken, Task> operation, CancellationToken cancellationToken) =>
        WriteAsync(new PendingWrite(operation, committed: null, cancellationToken));

    /// <summary>As above, with an action that runs after the commit and before the next one: caches of the database follow it in order.</summary>
    /// <param name="operation">See above.</param>
    /// <param name="committed">Gets false when the caller has been told already that the database is gone, and it was written after all.</param>
    /// <param name="cancellationToken">See above.</param>
    /// <param name="locks">Names of what no other gateway on the same database may decide at the same time.</param>
    internal Task<WriteStatus> WriteAsync(Func<GatewayDbContext, CancellationToken, Task> operation, Action<bool>? committed, CancellationToken cancellationToken, params IReadOnlyList<string> locks) =>
        WriteAsync(new PendingWrite(operation, committed, cancellationToken) { Locks = locks });

    /// <summary>As above, for an operation that only appends rows, or calls <see cref="GatewayDbContext.FlushAsync"/> before it asks the database.</summary>
    internal Task<WriteStatus> AppendAsync(Func<GatewayDbContext, CancellationToken, Task> operation, Action<bool>? committed, CancellationToken cancellationToken, params IReadOnlyList<string> locks) =>
        WriteAsync(new PendingWrite(operation, committed, cancellationToken) { Locks = locks, FlushesBeforeReading = true });

    /// <summary>Begins, and leaves its mark: one that is there already is what a lost answer is asked of.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
        await WriteAsync((_, _) => Task.CompletedTask, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes no more writes, and finishes those that wait.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        using var limit = StopLimit.Begin();
        if (ExecuteTask is { } running)
        {
            await running.WaitAsync(limit.Token).ConfigureAwait(false);
        }

        await base.StopAsync(limit.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ends by the channel's completion, not by the token: a write that was taken is written.
        List<PendingWrite> batch = new(BatchSize);
        while (await WaitAsync().ConfigureAwait(false))
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

            await WriteAsync(batch).ConfigureAwait(false);
            batch.Clear();
        }
    }

    private Task<WriteStatus> WriteAsync(PendingWrite write) =>
        _queue.Writer.TryWrite(write) ? write.Outcome : Task.FromResult(WriteStatus.Busy);

    /// <summary>Waits for the next write, or for the time to ask again about a lost answer. Returns false at the end.</summary>
    private async Task<bool> WaitAsync()
    {
        if (_unsettled is null)
        {
            return await _queue.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false);
        }

        using var wait = new CancellationTokenSource(s_again, _time);
        try
        {
            return await _queue.Reader.WaitToReadAsync(wait.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private async Task WriteAsync(List<PendingWrite> batch)
    {
        try
        {
            if (!await TrySettleAsync().ConfigureAwait(false))
            {
                Fail(batch);
                return;
            }

            // Each round that was spoilt takes at least its culprit out, so this ends.
            while (batch.Count > 0 && await CommitAsync(batch).ConfigureAwait(false) == TransactionEnd.Spoilt)
            {
                batch.RemoveAll(write => write.Outcome.IsCompleted);
            }
        }
        catch (Exception exception)
        {
            // A bug outside of the operations. Whoever waits must hear of it, and the next ones must be served.
            Log.Failed(_log, exception);
            batch.ForEach(write => write.Fail(exception));
        }
    }

    private async Task<TransactionEnd> CommitAsync(List<PendingWrite> batch)
    {
        var id = Guid.NewGuid();
        var end = await _transaction.RunAsync(batch, id, divided: false).ConfigureAwait(false);
        if (end == TransactionEnd.Undivided)
        {
            end = await _transaction.RunAsync(batch, id, divided: true).ConfigureAwait(false);
        }

        if (end == TransactionEnd.Committed)
        {
            Finish(batch);
        }
        else if (end == TransactionEnd.Unknown)
        {
            _unsettled = (id, [.. batch]);
            if (!await TrySettleAsync().ConfigureAwait(false))
            {
                Fail(batch);
            }
        }
        else if (end == TransactionEnd.NotMade)
        {
            Fail(batch);
        }

        return end;
    }

    private void Fail(List<PendingWrite> batch)
    {
        Interlocked.Increment(ref _failures);
        _isAway = true;
        batch.ForEach(write => write.Refuse());
    }

    /// <summary>Learns how the transaction ended whose answer was lost. Returns false while that cannot be known.</summary>
    private async Task<bool> TrySettleAsync()
    {
        using var patience = new CancellationTokenSource(s_patience, _time);
        for (var question = 1; _unsettled is { } lost; question++)
        {
            try
            {
                var isCommitted = await _mark.IsCommittedAsync(lost.Batch, patience.Token).ConfigureAwait(false);
                _unsettled = null;
                Log.Settled(_log, lost.Writes.Length, isCommitted ? "made" : "not made");
                if (isCommitted)
                {
                    _mark.Committed(lost.Batch);
                    Finish(lost.Writes);
                }
                else
                {
                    Array.ForEach(lost.Writes, write => write.Refuse());
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException || WriteTransaction.IsEnvironment(exception))
            {
                if (question == Questions || patience.IsCancellationRequested)
                {
                    Log.NotSettled(_log, lost.Writes.Length, exception.GetBaseException().Message);
                    return false;
                }
            }
        }

        return true;
    }

    private void Finish(IReadOnlyCollection<PendingWrite> writes)
    {
        Interlocked.Increment(ref _commits);
        _isAway = false;
        foreach (var write in writes)
        {
            if (write.Commit() is { } exception)
            {
                Log.NotFollowed(_log, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2904, LogLevel.Error, "Changes could not be committed because of a fault in the gateway; it goes on with the next ones")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(2905, LogLevel.Warning, "The database's answer to a commit of {Count} changes was lost; it now says that they were {Outcome}")]
        public static partial void Settled(ILogger logger, int count, string outcome);

        [LoggerMessage(2906, LogLevel.Error, "The database's answer to a commit of {Count} changes was lost, and it cannot be asked: {Reason} It is asked again until it answers.")]
        public static partial void NotSettled(ILogger logger, int count, string reason);

        [LoggerMessage(2907, LogLevel.Error, "A change is durable, but what should have followed it in memory failed")]
        public static partial void NotFollowed(ILogger logger, Exception exception);
    }
}
