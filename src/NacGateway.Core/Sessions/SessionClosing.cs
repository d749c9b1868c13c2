namespace NacGateway.Core.Sessions;

/// <summary>Which open session is to end, and why.</summary>
public sealed record SessionClosing
{
    /// <summary>The session.</summary>
    public required string AcctSessionId { get; init; }

    /// <summary>Goes into its Stop.</summary>
    public required AcctTerminateCause Cause { get; init; }

    /// <summary>Class attributes of a Disconnect-Request, for the Stop in place of the Accept's (RFC 5176 section 3.6 note 4); null keeps those.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Classes { get; init; }

    /// <summary>Line of the session's history; null for none.</summary>
    public SessionEvent? Event { get; init; }
}
