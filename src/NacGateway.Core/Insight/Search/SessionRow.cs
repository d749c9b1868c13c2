using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.Search;

/// <summary>A session as lists and pages show it: from the database, with what this gateway's memory knows better. Its names are foreign text.</summary>
public sealed record SessionRow
{
    /// <summary>Key in the database, by which equal ones are ordered.</summary>
    public required long Id { get; init; }

    /// <summary>Acct-Session-Id, by which it is named everywhere.</summary>
    public required string AcctSessionId { get; init; }

    /// <summary>User-Name as the server returned it.</summary>
    public required string UserName { get; init; }

    /// <summary>User-Name as typed, where that is another one.</summary>
    public string? TypedName { get; init; }

    /// <summary>Address of the client.</summary>
    public required string ClientAddress { get; init; }

    /// <summary>MAC address; null when it is not known.</summary>
    public string? CallingStationId { get; init; }

    /// <summary>The server that accepted.</summary>
    public required string ServerName { get; init; }

    /// <summary>The gateway that opened it.</summary>
    public required string Gateway { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, UTC; null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended; null while it is open.</summary>
    public AcctTerminateCause? Cause { get; init; }

    /// <summary>Limits and role in force, or at its end.</summary>
    public required SessionLimits Limits { get; init; }

    /// <summary>Octets from the client.</summary>
    public long InputOctets { get; init; }

    /// <summary>Octets to the client.</summary>
    public long OutputOctets { get; init; }

    /// <summary>When its gateway last reported it, UTC; null for not yet.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>When it last carried traffic, UTC; null for not yet.</summary>
    public DateTimeOffset? ActiveAt { get; init; }

    /// <summary>What its user is shown on the status page.</summary>
    public string? Message { get; init; }

    /// <summary>What an administrator wrote to its user, who has not put it away yet.</summary>
    public string? Notice { get; init; }

    /// <summary>How it stands.</summary>
    public SessionState State { get; init; }

    /// <summary>Bits per second to the client, over the last minute at most; null where only another gateway knows.</summary>
    public double? DownloadRate { get; init; }

    /// <summary>Bits per second from the client; see <see cref="DownloadRate"/>.</summary>
    public double? UploadRate { get; init; }

    /// <summary>Whether this gateway has it in memory, and so can act on it.</summary>
    public bool IsHeld { get; init; }

    /// <summary>When Session-Timeout ends it, UTC; null for never, or where that is beyond the calendar.</summary>
    public DateTimeOffset? EndsAt => Limits.SessionTimeout is { } timeout && timeout < DateTimeOffset.MaxValue - StartedAt ? StartedAt + timeout : null;

    /// <summary>How long it has lasted.</summary>
    public TimeSpan Lasted(DateTimeOffset now) => (EndedAt ?? now) - StartedAt;
}
