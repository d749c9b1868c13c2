using NacGateway.Core.Policy;

namespace NacGateway.Core.Insight.Decisions;

/// <summary>A page of decisions that match.</summary>
public sealed record DecisionPage
{
    /// <summary>The decisions, newest first, without what was said with the server.</summary>
    public required IReadOnlyList<PolicyDecision> Rows { get; init; }

    /// <summary>Where the next page begins; null on the last one.</summary>
    public string? Next { get; init; }

    /// <summary>Where the page before it is; null on the first one.</summary>
    public string? Previous { get; init; }

    /// <summary>Whether there may be pages before it to which <see cref="Previous"/> does not lead: where a search stopped early, they are not found again from behind.</summary>
    public bool IsCutOff { get; init; }

    /// <summary>How many match; null where nobody counted.</summary>
    public long? Count { get; init; }

    /// <summary>Whether that many match, and not more.</summary>
    public bool IsExact { get; init; }

    /// <summary>Set where so many were looked at that the search stopped: all that fit and were made since are found, and <see cref="Next"/> goes on from there.</summary>
    public DateTimeOffset? SearchedTo { get; init; }

    /// <summary>What could not be done as it was asked, as sentences.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}
