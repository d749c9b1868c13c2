namespace NacGateway.Core.Sessions;

/// <summary>
/// One thing that happened to a session, or a sign-in that was refused, after it is durable. Names and words in it came from users and
/// servers: whoever writes it anywhere escapes it there.
/// </summary>
public sealed record SessionNotice
{
    /// <summary>When it happened, UTC; the end of a session may lie before the moment it was recorded.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    public required SessionNoticeKind Kind { get; init; }

    /// <summary>The session; null where none came of it.</summary>
    public string? AcctSessionId { get; init; }

    /// <summary>The user; null where a refused step named nobody.</summary>
    public string? UserName { get; init; }

    /// <summary>The client's address; null when it is not known.</summary>
    public string? ClientAddress { get; init; }

    /// <summary>MAC address as Calling-Station-Id; null when it is not known.</summary>
    public string? CallingStationId { get; init; }

    /// <summary>The RADIUS server that accepted or refused; null where none did.</summary>
    public string? ServerName { get; init; }

    /// <summary>Role in force; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>Why it ended; null unless it did.</summary>
    public AcctTerminateCause? Cause { get; init; }

    /// <summary>Octets from the client so far (RFC 2866 section 5.3).</summary>
    public long InputOctets { get; init; }

    /// <summary>Octets to the client so far (RFC 2866 section 5.4).</summary>
    public long OutputOctets { get; init; }

    /// <summary>The reference that a refused person was shown, such as 7K2-91F; null otherwise.</summary>
    public string? Reference { get; init; }

    /// <summary>Which kind of refusal, one of a dozen names such as Rejected or NoAnswer; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>In words, for people.</summary>
    public required string Text { get; init; }
}
