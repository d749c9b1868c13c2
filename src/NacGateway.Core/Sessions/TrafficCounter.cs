namespace NacGateway.Core.Sessions;

/// <summary>Octets of one session and when the last ones passed. Gate and kernel add, the sweeper reads; lock-free.</summary>
public sealed class TrafficCounter
{
    private long _input;
    private long _output;
    private long _lastActivity;

    /// <param name="timestamp">Monotonic timestamp of the session's start (<see cref="TimeProvider.GetTimestamp"/>).</param>
    public TrafficCounter(long timestamp) => (_lastActivity, RecordedAt) = (timestamp, timestamp);

    /// <summary>Octets from the client (Acct-Input-Octets, RFC 2866 section 5.3: upload).</summary>
    public long InputOctets => Volatile.Read(ref _input);

    /// <summary>Octets to the client (Acct-Output-Octets, RFC 2866 section 5.4: download).</summary>
    public long OutputOctets => Volatile.Read(ref _output);

    /// <summary>Octets that the database knows of. For the one that records them.</summary>
    internal (long Input, long Output) Recorded { get; set; }

    /// <summary>Monotonic timestamp at which those were recorded; that of the start before the first time.</summary>
    internal long RecordedAt { get; set; }

    /// <summary>Monotonic timestamp at which the next Interim-Update is due. For the one that writes them.</summary>
    internal long InterimDue { get; set; } = long.MaxValue;

    /// <summary>Monotonic timestamp at which the next point of the plot is due. For the one that writes them.</summary>
    internal long PointDue { get; set; } = long.MaxValue;

    /// <summary>Points that the database has; negative when they must be counted first. For the one that writes them.</summary>
    internal int Points { get; set; }

    /// <summary>How many intervals lie between two points. For the one that writes them.</summary>
    internal int PointSpread { get; set; } = 1;

    /// <summary>Intervals since the last point. For the one that writes them.</summary>
    internal int PointsPassed { get; set; }

    /// <summary>Octets at the last point that was due, and whether there was nothing to write then. For the one that writes them.</summary>
    internal (long Input, long Output, bool HasRested) LastPoint { get; set; }

    /// <summary>Octets now.</summary>
    internal (long Input, long Output) Octets => (InputOctets, OutputOctets);

    /// <summary>Where it is counted for all sessions together; null for nowhere.</summary>
    internal TrafficTotals? Totals { get; set; }

    /// <summary>Monotonic timestamp of the last traffic.</summary>
    public long LastActivity => Volatile.Read(ref _lastActivity);

    /// <summary>Adds octets and marks the session as active now.</summary>
    public void Add(long inputOctets, long outputOctets, long timestamp)
    {
        if (inputOctets != 0)
        {
            Interlocked.Add(ref _input, inputOctets);
        }

        if (outputOctets != 0)
        {
            Interlocked.Add(ref _output, outputOctets);
        }

        Totals?.Add(inputOctets, outputOctets);
        Volatile.Write(ref _lastActivity, timestamp);
    }
}
