namespace NacGateway.Web.Observability;

/// <summary>How many series all metrics together may have: a bound for what a mistake with a label would cost. Safe for concurrent use.</summary>
internal sealed class MetricRoom(int most)
{
    private int _taken;

    /// <summary>Takes room for one; returns false when there is none.</summary>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= most)
        {
            return true;
        }

        Interlocked.Decrement(ref _taken);
        return false;
    }

    public void Release() => Interlocked.Decrement(ref _taken);
}
