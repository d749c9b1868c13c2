namespace NacGateway.Core.Coa;

/// <summary>Lets so many requests a second pass, and those of two seconds at once after a pause. Safe for concurrent use.</summary>
internal sealed class RequestRate(int perSecond, TimeProvider time)
{
    private const int SecondsAtOnce = 2;
    private readonly Lock _lock = new();
    private double _left = perSecond * SecondsAtOnce;
    private long _at = time.GetTimestamp();

    public bool TryTake()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(perSecond * SecondsAtOnce, _left + (time.GetElapsedTime(_at, now).TotalSeconds * perSecond));
            _at = now;
            if (_left < 1)
            {
                return false;
            }

            _left--;
            return true;
        }
    }
}
