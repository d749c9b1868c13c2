namespace NacGateway.Core.Insight.Search;

/// <summary>A page of sessions that match.</summary>
public sealed record SessionPage
{
    /// <summary>The sessions, in order.</summary>
    public required IReadOnlyList<SessionRow> Rows { get; init; }

    /// <summary>Where the next page begins; null on the last one.</summary>
    public string? Next { get; init; }

    /// <summary>Where the page before it is; null on the first one, and on pages that a number led to.</summary>
    public string? Previous { get; init; }

    /// <summary>Whether there may be pages before it to which <see cref="Previous"/> does not lead: where a search stopped early, they are not found again from behind.</summary>
    public bool IsCutOff { get; init; }

    /// <summary>Whether so many match no index that each page looks at a part of them: it is then led to by <see cref="Next"/>, and not by a number.</summary>
    public bool IsWalk { get; init; }

    /// <summary>How many match; null where nobody counted.</summary>
    public long? Count { get; init; }

    /// <summary>Whether that many match, and not more.</summary>
    public bool IsExact { get; init; }

    /// <summary>
    /// Set where so many sessions were looked at that the search stopped: all that fit and began after this instant (before it, where the oldest
    /// come first) are found, and <see cref="Next"/> goes on from it.
    /// </summary>
    public DateTimeOffset? SearchedTo { get; init; }

    /// <summary>The order that it came to.</summary>
    public SessionSort Sort { get; init; }

    /// <summary>What could not be done as it was asked, as sentences.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}
