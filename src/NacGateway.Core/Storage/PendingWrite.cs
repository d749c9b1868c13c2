namespace NacGateway.Core.Storage;

/// <summary>One write that waits for its commit.</summary>
internal sealed class PendingWrite(Func<GatewayDbContext, CancellationToken, Task> operation, Action<bool>? committed, CancellationToken cancellationToken)
{
    // The writer must not run its callers' continuations itself, or one slow caller would hold up all commits.
    private readonly TaskCompletionSource<WriteStatus> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<WriteStatus> Outcome => _outcome.Task;

    /// <summary>Names of what no other gateway may decide at the same time.</summary>
    public IReadOnlyList<string> Locks { get; init; } = [];

    /// <summary>Whether it calls <see cref="GatewayDbContext.FlushAsync"/> itself before it asks the database, so that what others appended may wait.</summary>
    public bool FlushesBeforeReading { get; init; }

    /// <summary>Whether the operation has run in the transaction at hand; only then a commit makes it durable.</summary>
    public bool Applied { get; set; }

    /// <summary>Whether the caller has gone before its turn came; nothing is written for it then.</summary>
    public bool IsAbandoned => cancellationToken.IsCancellationRequested;

    /// <summary>Once it has begun it is finished: the caller's cancellation counts only before.</summary>
    public Task RunAsync(GatewayDbContext database) => operation(database, CancellationToken.None);

    /// <summary>Ends it after a commit.</summary>
    /// <returns>What the caller's own action threw; the caller is told, the writer only logs it.</returns>
    public Exception? Commit()
    {
        if (!Applied)
        {
            Refuse();
            return null;
        }

        try
        {
            committed?.Invoke(!_outcome.Task.IsCompleted);
            _outcome.TrySetResult(WriteStatus.Committed);
            return null;
        }
        catch (Exception exception)
        {
            _outcome.TrySetException(exception);
            return exception;
        }
    }

    /// <summary>Ends it as not made.</summary>
    public void Refuse() => _outcome.TrySetResult(WriteStatus.Unavailable);

    public void Abandon() => _outcome.TrySetCanceled(cancellationToken);

    public void Fail(Exception exception) => _outcome.TrySetException(exception);
}
