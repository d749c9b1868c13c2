namespace NacGateway.Radius.Client;

/// <summary>
/// What went wrong with a server last and how its state changed, for whoever looks: a few of each, for a server that is down all night
/// must not fill the memory. Safe for concurrent use.
/// </summary>
internal sealed class ServerMemory
{
    /// <summary>Errors, and changes, that are kept.</summary>
    public const int Most = 16;

    private readonly Lock _lock = new();
    private readonly Queue<ServerChange> _changes = new(Most);
    private readonly LinkedList<ServerError> _errors = [];

    /// <summary>The last errors, the newest first.</summary>
    public IReadOnlyList<ServerError> Errors
    {
        get
        {
            lock (_lock)
            {
                return [.. _errors];
            }
        }
    }

    /// <summary>The last changes, the newest first.</summary>
    public IReadOnlyList<ServerChange> Changes
    {
        get
        {
            lock (_lock)
            {
                return [.. _changes.Reverse()];
            }
        }
    }

    /// <summary>Notes an error; the same as the one before is counted with it.</summary>
    public void Note(string what, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (_errors.First is { } newest && string.Equals(newest.Value.What, what, StringComparison.Ordinal))
            {
                newest.Value = newest.Value with { At = at, Count = newest.Value.Count + 1 };
                return;
            }

            if (_errors.Count == Most)
            {
                _errors.RemoveLast();
            }

            _errors.AddFirst(new ServerError(at, at, what, 1));
        }
    }

    /// <summary>Notes a change.</summary>
    public void Changed(ServerChange change)
    {
        lock (_lock)
        {
            if (_changes.Count == Most)
            {
                _changes.Dequeue();
            }

            _changes.Enqueue(change);
        }
    }
}
