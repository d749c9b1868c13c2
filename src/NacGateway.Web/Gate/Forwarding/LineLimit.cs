namespace NacGateway.Web.Gate.Forwarding;

/// <summary>Lets one log line a second through, since a client can cause thousands, and counts the others. Safe for concurrent use.</summary>
internal sealed class LineLimit(TimeProvider time)
{
    private readonly Lock _lock = new();
    private long? _last;
    private long _unlogged;

    /// <summary>Whether a line may be written now; <paramref name="unlogged"/> is how many were not since the last one.</summary>
    public bool TryTake(out long unlogged)
    {
        lock (_lock)
        {
            if (_last is { } last && time.GetElapsedTime(last) < TimeSpan.FromSeconds(1))
            {
                unlogged = ++_unlogged;
                return false;
            }

            _last = time.GetTimestamp();
            (unlogged, _unlogged) = (_unlogged, 0);
            return true;
        }
    }
}
