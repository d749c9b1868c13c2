using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>
/// Sessions that have changed since the kernel was told last. Each is told once, whatever has happened to it; whoever waits for the kernel waits
/// for its batch. Safe for concurrent use.
/// </summary>
internal sealed class PendingChanges : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private Batch _next = new();

    /// <summary>Takes note of a change.</summary>
    public void Add(ActiveSession session)
    {
        lock (_lock)
        {
            _next.Ids.Add(session.AcctSessionId);
            session.End.Follow(_next.WhenDone);
        }

        Wake();
    }

    /// <summary>Asks for the counters of sessions that are about to end.</summary>
    /// <returns>Ends when they have been read.</returns>
    public Task AskForCounters(IEnumerable<string> acctSessionIds)
    {
        Task done;
        lock (_lock)
        {
            _next.Counters.UnionWith(acctSessionIds);
            done = _next.WhenDone;
        }

        Wake();
        return done;
    }

    /// <summary>Ends the wait of <see cref="Take"/>.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            if (_signal.CurrentCount == 0)
            {
                _signal.Release();
            }
        }
    }

    /// <summary>Waits for changes, and takes them.</summary>
    /// <param name="wait">How long at most.</param>
    /// <param name="stopping">Ends the wait.</param>
    public Batch Take(TimeSpan wait, CancellationToken stopping)
    {
        try
        {
            _signal.Wait(wait, stopping);
        }
        catch (OperationCanceledException)
        {
            // What has come is done all the same.
        }

        lock (_lock)
        {
            var taken = _next;
            _next = new Batch();
            return taken;
        }
    }

    /// <summary>Tells who waits for this batch.</summary>
    public static void Done(Batch batch) => batch.Finish();

    public void Dispose() => _signal.Dispose();

    /// <summary>Changes that are told at once.</summary>
    internal sealed class Batch
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HashSet<string> Ids { get; } = new(StringComparer.Ordinal);

        /// <summary>Sessions whose counters are asked for, before anything else.</summary>
        public HashSet<string> Counters { get; } = new(StringComparer.Ordinal);

        public Task WhenDone => _done.Task;

        public void Finish() => _done.TrySetResult();
    }
}
