using NacGateway.Web.Desk.Decisions;

namespace NacGateway.Web.Api.Decisions;

/// <summary>A decision with its story and what was said with the server.</summary>
public sealed record DecisionDetails
{
    /// <summary>The decision.</summary>
    public required DecisionItem Decision { get; init; }

    /// <summary>Its story, step by step.</summary>
    public required IReadOnlyList<DecisionStep> Steps { get; init; }

    /// <summary>The words as they were recorded.</summary>
    public required string Recorded { get; init; }

    /// <summary>The request to the server; null when nothing was sent.</summary>
    public DecisionPacket? Request { get; init; }

    /// <summary>The answer; null when none was believed.</summary>
    public DecisionPacket? Reply { get; init; }

    /// <summary>Other decisions of the same sign-in or session, oldest first.</summary>
    public required IReadOnlyList<DecisionItem> Related { get; init; }

    internal static DecisionDetails Of(ToldDecision told) => new()
    {
        Decision = DecisionItem.Of(told.File.Decision),
        Steps = [.. told.Story.Steps.Select(DecisionStep.Of)],
        Recorded = told.File.Decision.Words,
        Request = DecisionPacket.Of(told.Story.Exchange?.Request),
        Reply = DecisionPacket.Of(told.Story.Exchange?.Reply),
        Related = [.. told.File.Related.Select(DecisionItem.Of)],
    };
}
