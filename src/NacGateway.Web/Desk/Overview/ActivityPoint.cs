namespace NacGateway.Web.Desk.Overview;

/// <summary>What was done in a piece of a range. All but its begin is null in a gap, of which nothing is known.</summary>
public sealed record ActivityPoint
{
    /// <summary>Begin of the piece.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Minutes of it of which something is known; 0 in a gap.</summary>
    public required int Minutes { get; init; }

    /// <summary>Most sessions open at the end of a minute.</summary>
    public int? Sessions { get; init; }

    /// <summary>Sign-ins.</summary>
    public SignInCounts? SignIns { get; init; }

    /// <summary>Requests that the gate answered itself.</summary>
    public long? Intercepted { get; init; }

    /// <summary>Requests that the gate forwarded.</summary>
    public long? Forwarded { get; init; }

    /// <summary>Octets from clients.</summary>
    public long? InputOctets { get; init; }

    /// <summary>Octets to clients.</summary>
    public long? OutputOctets { get; init; }

    /// <summary>Most records of accounting that waited at the end of a minute.</summary>
    public int? Outbox { get; init; }
}
