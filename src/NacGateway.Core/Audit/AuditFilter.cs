namespace NacGateway.Core.Audit;

/// <summary>Which lines of the trail are wanted; what is empty or null asks for nothing.</summary>
public sealed record AuditFilter
{
    /// <summary>Kinds of lines.</summary>
    public IReadOnlyList<AuditKind> Kinds { get; init; } = [];

    /// <summary>Who, exactly.</summary>
    public IReadOnlyList<string> Actors { get; init; } = [];

    /// <summary>What was done, exactly.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>What came of it, exactly.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>Not before, UTC.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before, UTC.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>A part of actor, target, source or detail, without regard to case.</summary>
    public string? Text { get; init; }
}
