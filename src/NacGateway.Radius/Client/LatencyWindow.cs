namespace NacGateway.Radius.Client;

/// <summary>The latencies of the last answers. Adding is cheap; percentiles are sorted when somebody looks. Safe for concurrent use.</summary>
internal sealed class LatencyWindow
{
    /// <summary>Answers that are remembered.</summary>
    public const int Size = 512;

    private readonly Lock _lock = new();
    private readonly TimeSpan[] _ring = new TimeSpan[Size];
    private LatencyPercentiles _known = LatencyPercentiles.None;
    private long _added;
    private long _knownAt;

    public void Add(TimeSpan latency)
    {
        lock (_lock)
        {
            _ring[_added++ % Size] = latency;
        }
    }

    /// <summary>The percentiles of what is remembered.</summary>
    /// <param name="staleness">How many answers may have come since they were computed: who asks with every request need not sort with every request.</param>
    public LatencyPercentiles Percentiles(int staleness = 0)
    {
        lock (_lock)
        {
            // A short history changes with every answer.
            if (_added - _knownAt > Math.Min(staleness, _added / 4))
            {
                int count = (int)Math.Min(_added, Size);
                TimeSpan[] sorted = _ring[..count];
                Array.Sort(sorted);
                _known = new LatencyPercentiles(count, At(sorted, 0.50), At(sorted, 0.95), At(sorted, 0.99));
                _knownAt = _added;
            }

            return _known;
        }
    }

    /// <summary>Nearest rank.</summary>
    private static TimeSpan At(TimeSpan[] sorted, double part) => sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Length) - 1)];
}
