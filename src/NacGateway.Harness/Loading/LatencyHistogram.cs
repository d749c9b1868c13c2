using System.Numerics;

namespace NacGateway.Harness.Loading;

/// <summary>
/// Latencies in microseconds by classes: exact below 128 microseconds, above that 64 classes for each doubling, so a percentile is true to
/// 1.6 percent however many there are. Not safe for concurrent use.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int Bits = 7;
    private const int PerDoubling = 1 << (Bits - 1);
    private const long Longest = (1L << 40) - 1;
    private readonly long[] _counts = new long[ClassOf(Longest) + 1];

    /// <summary>How many were added.</summary>
    public long Count { get; private set; }

    /// <summary>The longest, exact; zero when there are none.</summary>
    public TimeSpan Max { get; private set; }

    public void Add(TimeSpan latency)
    {
        _counts[ClassOf(Math.Clamp((long)latency.TotalMicroseconds, 0, Longest))]++;
        Count++;
        Max = latency > Max ? latency : Max;
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
        Max = other.Max > Max ? other.Max : Max;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        (Count, Max) = (0, TimeSpan.Zero);
    }

    /// <summary>The latency that this share of all (0 to 1) stays at or below: the upper end of its class, never above the longest; null when there are none.</summary>
    public TimeSpan? Percentile(double share)
    {
        if (Count == 0)
        {
            return null;
        }

        var rank = Math.Max(1, (long)Math.Ceiling(Count * share));
        var index = -1;
        for (var seen = 0L; seen < rank;)
        {
            seen += _counts[++index];
        }

        var end = TimeSpan.FromMicroseconds(EndOf(index));
        return end < Max ? end : Max;
    }

    private static int ClassOf(long microseconds)
    {
        var doubling = Math.Max(0, BitOperations.Log2((ulong)microseconds | 1) - (Bits - 1));
        return (doubling * PerDoubling) + (int)(microseconds >> doubling);
    }

    private static long EndOf(int index)
    {
        if (index < 2 * PerDoubling)
        {
            return index;
        }

        var doubling = (index / PerDoubling) - 1;
        return ((index - (doubling * PerDoubling) + 1L) << doubling) - 1;
    }
}
