namespace NacGateway.Core.Storage;

/// <summary>One write that waits for its commit.</summary>
internal sealed class PendingWrite(Func<GatewayDbContext, CancellationToken, Task> operation, Action? committed, CancellationToken cancellationToken)
{
    // The writer must not run its callers' continuations itself, or one slow caller would hold up all commits.
    private readonly TaskCompletionSource<WriteStatus> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<WriteStatus> Outcome => _outcome.Task;

    /// <summary>Whether the operation has run in the transaction at hand; only then a commit makes it durable.</summary>
    public bool Applied { get; set; }

    /// <summary>Whether the caller has gone before its turn came; nothing is written for it then.</summary>
    public bool IsAbandoned => cancellationToken.IsCancellationRequested;

    /// <summary>Once it has begun it is finished: the caller's cancellation counts only before.</summary>
    public Task RunAsync(GatewayDbContext database) => operation(database, CancellationToken.None);

    public void Complete(WriteStatus status)
    {
        if (status == WriteStatus.Committed)
        {
            committed?.Invoke();
        }

        _outcome.TrySetResult(status);
    }

    public void Abandon() => _outcome.TrySetCanceled(cancellationToken);

    public void Fail(Exception exception) => _outcome.TrySetException(exception);
}
