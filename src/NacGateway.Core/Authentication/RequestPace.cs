namespace NacGateway.Core.Authentication;

/// <summary>So many requests in each second, and no more. Safe for concurrent use.</summary>
internal sealed class RequestPace(int perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _since;
    private int _taken = -1;

    public bool TryTake()
    {
        lock (_lock)
        {
            if (_taken < 0 || time.GetElapsedTime(_since) >= TimeSpan.FromSeconds(1))
            {
                _since = time.GetTimestamp();
                _taken = 0;
            }

            return _taken < perSecond && ++_taken > 0;
        }
    }
}
