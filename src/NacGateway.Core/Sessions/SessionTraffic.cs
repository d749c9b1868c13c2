namespace NacGateway.Core.Sessions;

/// <summary>What a session had carried at an instant: the points of its traffic plot.</summary>
public sealed record SessionTraffic
{
    /// <summary>Key.</summary>
    public long Id { get; init; }

    /// <summary>The session.</summary>
    public required string AcctSessionId { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Octets from the client since its start.</summary>
    public long InputOctets { get; init; }

    /// <summary>Octets to the client since its start.</summary>
    public long OutputOctets { get; init; }
}
