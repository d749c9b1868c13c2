namespace NacGateway.Core.Sessions;

/// <summary>A counter that many threads add to at once: each processor has a place of its own, so that they do not take the octets from each other's caches. Safe for concurrent use.</summary>
internal sealed class StripedCounter
{
    /// <summary>A cache line, and the one that is read ahead beside it.</summary>
    private const int Distance = 128 / sizeof(long);

    private readonly long[] _places = new long[(Environment.ProcessorCount + 1) * Distance];

    /// <summary>The sum of what has been added; what is added meanwhile may be in it or not.</summary>
    public long Value
    {
        get
        {
            var sum = 0L;
            for (var place = Distance; place < _places.Length; place += Distance)
            {
                sum += Volatile.Read(ref _places[place]);
            }

            return sum;
        }
    }

    /// <summary>Adds.</summary>
    public void Add(long value) => Interlocked.Add(ref _places[((Thread.GetCurrentProcessorId() % Environment.ProcessorCount) + 1) * Distance], value);
}
