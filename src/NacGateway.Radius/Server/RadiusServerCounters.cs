using System.Diagnostics.Metrics;

namespace NacGateway.Radius.Server;

/// <summary>What a <see cref="RadiusServer"/> has done so far, readable here and published by the meter <see cref="MeterName"/>. Safe for concurrent use.</summary>
public sealed class RadiusServerCounters : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "NacGateway.Radius.Server";

    private readonly long[] _dropped = new long[Enum.GetValues<RadiusDropReason>().Length];
    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _droppedCounter;
    private readonly Counter<long> _answeredCounter;
    private long _answered;
    private long _repeated;

    internal RadiusServerCounters()
    {
        _droppedCounter = _meter.CreateCounter<long>("nacgateway.radius.server.dropped", "{datagram}", "Datagrams dropped without an answer, by reason.");
        _answeredCounter = _meter.CreateCounter<long>("nacgateway.radius.server.answered", "{reply}", "Replies sent; repeated ones come from the duplicate cache.");
    }

    /// <summary>Requests answered by the handler.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Retransmissions answered with the kept reply.</summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    /// <summary>Datagrams dropped for one reason.</summary>
    /// <param name="reason">The reason.</param>
    /// <returns>How many since the server began.</returns>
    public long Dropped(RadiusDropReason reason) => Interlocked.Read(ref _dropped[(int)reason]);

    /// <summary>Ends the meter; the counts stay readable.</summary>
    public void Dispose() => _meter.Dispose();

    internal long CountDropped(RadiusDropReason reason)
    {
        _droppedCounter.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
        return Interlocked.Increment(ref _dropped[(int)reason]);
    }

    internal void CountAnswered(bool repeated)
    {
        _answeredCounter.Add(1, new KeyValuePair<string, object?>("repeated", repeated));
        Interlocked.Increment(ref repeated ? ref _repeated : ref _answered);
    }
}
