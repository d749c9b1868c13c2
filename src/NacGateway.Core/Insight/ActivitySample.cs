namespace NacGateway.Core.Insight;

/// <summary>What a gateway did in one minute, and how it stood at its end.</summary>
public sealed record ActivitySample
{
    /// <summary>The gateway.</summary>
    public required string Owner { get; init; }

    /// <summary>Begin of the minute, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Sessions open at the end of the minute.</summary>
    public int Sessions { get; init; }

    /// <summary>Sign-ins that opened a session.</summary>
    public int Accepted { get; init; }

    /// <summary>Steps that a server answered by a challenge.</summary>
    public int Challenged { get; init; }

    /// <summary>Sign-ins that a server or a rule refused.</summary>
    public int Refused { get; init; }

    /// <summary>Sign-ins that no server answered, or not in a way that could be believed.</summary>
    public int Unanswered { get; init; }

    /// <summary>Sign-ins that were not tried: throttled, busy, not sendable.</summary>
    public int NotTried { get; init; }

    /// <summary>Requests that the gate answered itself: 511 and answers to probes.</summary>
    public long Intercepted { get; init; }

    /// <summary>Requests that the gate forwarded.</summary>
    public long Forwarded { get; init; }

    /// <summary>Octets from clients.</summary>
    public long InputOctets { get; init; }

    /// <summary>Octets to clients.</summary>
    public long OutputOctets { get; init; }

    /// <summary>Records of accounting that waited at the end of the minute.</summary>
    public int Outbox { get; init; }
}
