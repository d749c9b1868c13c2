namespace NacGateway.Core.Accounting;

/// <summary>How the delivery goes, for log, metrics and health. Written by the sender alone, read by anybody.</summary>
internal sealed class AccountingProgress(TimeProvider time)
{
    private volatile Tuple<DateTimeOffset, string>? _silence;
    private volatile Tuple<int, DateTimeOffset?>? _backlog;

    /// <summary>Since when nothing has been acknowledged although something was sent, and why; null while all is well.</summary>
    public (DateTimeOffset Since, string Problem)? Silence => _silence is { } silence ? (silence.Item1, silence.Item2) : null;

    /// <summary>Records that waited when they were last counted, and when the first of them happened.</summary>
    public (int Waiting, DateTimeOffset? OldestAt) Backlog => _backlog is { } backlog ? (backlog.Item1, backlog.Item2) : (0, null);

    /// <summary>Offers without an acknowledgement since the last one that had it.</summary>
    public int Misses { get; private set; }

    /// <summary>A server acknowledged a record.</summary>
    /// <returns>Since when none had; null when that is no news.</returns>
    public DateTimeOffset? Acknowledged()
    {
        Misses = 0;
        var since = _silence?.Item1;
        _silence = null;
        return since;
    }

    /// <summary>No server acknowledged a record.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Missed(string problem, int tellingMisses)
    {
        Misses++;
        if (_silence is { } known)
        {
            _silence = Tuple.Create(known.Item1, problem);
            return false;
        }

        if (Misses < tellingMisses)
        {
            return false;
        }

        _silence = Tuple.Create(time.GetUtcNow(), problem);
        return true;
    }

    public void Counted(int waiting, DateTimeOffset? oldestAt) => _backlog = Tuple.Create(waiting, oldestAt);
}
