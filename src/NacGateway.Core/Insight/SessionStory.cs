namespace NacGateway.Core.Insight;

/// <summary>All that is known of one session, or of a sign-in that opened none, in order.</summary>
public sealed record SessionStory
{
    /// <summary>The session.</summary>
    public required string AcctSessionId { get; init; }

    /// <summary>When it began, UTC; null for a sign-in that opened none.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, UTC; null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What happened, oldest first.</summary>
    public required IReadOnlyList<TimelineEntry> Entries { get; init; }

    /// <summary>Its traffic, oldest first, from its start; empty for a sign-in that opened no session.</summary>
    public IReadOnlyList<TrafficPoint> Traffic { get; init; } = [];

    /// <summary>Time that the servers took in all steps of the sign-in together; null when none answered.</summary>
    public TimeSpan? ReplyTime { get; init; }

    /// <summary>Whether there was more of something than is told here, such as Interim-Updates of weeks.</summary>
    public bool IsShortened { get; init; }
}
