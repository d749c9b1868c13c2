namespace NacGateway.Core.Sessions;

/// <summary>One line of a session's history: who asked for what, and what came of it.</summary>
public sealed record SessionEvent
{
    /// <summary>Key.</summary>
    public long Id { get; init; }

    /// <summary>The session.</summary>
    public required string AcctSessionId { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    public required SessionEventKind Kind { get; init; }

    /// <summary>Who wanted it: such as "CoA client 192.0.2.21".</summary>
    public required string By { get; init; }

    /// <summary>In words, with the old and new values.</summary>
    public required string Text { get; init; }
}
