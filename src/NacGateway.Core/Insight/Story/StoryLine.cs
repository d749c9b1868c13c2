using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.Decisions;

namespace NacGateway.Core.Insight.Story;

/// <summary>One line of a session's story, in words.</summary>
public sealed record StoryLine
{
    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What it belongs to.</summary>
    public required StoryFacet Facet { get; init; }

    /// <summary>How it is to be marked.</summary>
    public required StoryMark Mark { get; init; }

    /// <summary>In a few words of the gateway's own.</summary>
    public required string Title { get; init; }

    /// <summary>As a sentence; foreign parts are marked in it.</summary>
    public required Sentence Text { get; init; }

    /// <summary>What was said with the server, attribute by attribute; null where nothing was.</summary>
    public ExchangeRecord? Exchange { get; init; }

    /// <summary>The decision's record; null where it is none.</summary>
    public long? DecisionId { get; init; }
}
