namespace NacGateway.Core.Insight;

/// <summary>What a gateway has done: since it was started, or between two moments.</summary>
public sealed record ActivityCounts
{
    /// <summary>Sign-ins that opened a session.</summary>
    public long Accepted { get; init; }

    /// <summary>Steps that a server answered by a challenge.</summary>
    public long Challenged { get; init; }

    /// <summary>Sign-ins that a server or a rule refused.</summary>
    public long Refused { get; init; }

    /// <summary>Sign-ins that no server answered, or not in a way that could be believed.</summary>
    public long Unanswered { get; init; }

    /// <summary>Sign-ins that were not tried.</summary>
    public long NotTried { get; init; }

    /// <summary>Requests that the gate answered itself.</summary>
    public long Intercepted { get; init; }

    /// <summary>Requests that the gate forwarded.</summary>
    public long Forwarded { get; init; }

    /// <summary>Octets from clients.</summary>
    public long InputOctets { get; init; }

    /// <summary>Octets to clients.</summary>
    public long OutputOctets { get; init; }

    /// <summary>What was done since an earlier moment.</summary>
    public ActivityCounts Since(ActivityCounts earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return new ActivityCounts
        {
            Accepted = Accepted - earlier.Accepted,
            Challenged = Challenged - earlier.Challenged,
            Refused = Refused - earlier.Refused,
            Unanswered = Unanswered - earlier.Unanswered,
            NotTried = NotTried - earlier.NotTried,
            Intercepted = Intercepted - earlier.Intercepted,
            Forwarded = Forwarded - earlier.Forwarded,
            InputOctets = InputOctets - earlier.InputOctets,
            OutputOctets = OutputOctets - earlier.OutputOctets,
        };
    }
}
