using System.Diagnostics.Metrics;

namespace NacGateway.Radius.Transport;

/// <summary>Counts dropped datagrams by reason, for metrics and for reading back. Safe for concurrent use.</summary>
public sealed class DropCounter
{
    /// <summary>Name of the meter that all of the library's counts are on.</summary>
    public const string MeterName = "NacGateway.Radius";

    private static readonly Meter s_meter = new(MeterName);
    private static readonly Counter<long> s_dropped = s_meter.CreateCounter<long>("nacgateway.radius.dropped", "{datagram}", "Datagrams dropped, by peer and reason.");
    private static readonly int s_reasons = Enum.GetValues<DropReason>().Length;

    private readonly long[] _counts = new long[s_reasons];
    private readonly string _peer;

    /// <summary>Counts of one peer.</summary>
    /// <param name="peer">Its configured name; a tag of the metric, so never anything that came from the network.</param>
    public DropCounter(string peer) => _peer = peer;

    /// <summary>Called with each, on the thread that dropped it; must be quick.</summary>
    internal Action<DropReason>? Dropped { get; set; }

    /// <summary>How many were dropped for one reason.</summary>
    /// <param name="reason">The reason.</param>
    public long this[DropReason reason] => Volatile.Read(ref _counts[(int)reason]);

    /// <summary>How many were dropped for any reason.</summary>
    public long Total
    {
        get
        {
            long total = 0;
            for (int reason = 0; reason < s_reasons; reason++)
            {
                total += Volatile.Read(ref _counts[reason]);
            }

            return total;
        }
    }

    internal void Add(DropReason reason)
    {
        Interlocked.Increment(ref _counts[(int)reason]);
        s_dropped.Add(1, new KeyValuePair<string, object?>("peer", _peer), new KeyValuePair<string, object?>("reason", reason.ToString()));
        Dropped?.Invoke(reason);
    }
}
