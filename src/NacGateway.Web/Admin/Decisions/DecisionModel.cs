using NacGateway.Core.Insight.Decisions;

namespace NacGateway.Web.Admin.Decisions;

/// <summary>One decision with its story.</summary>
public sealed record DecisionModel
{
    /// <summary>The record with what belongs to it.</summary>
    public required DecisionFile File { get; init; }

    /// <summary>Its story.</summary>
    public required DecisionStory Story { get; init; }

    /// <summary>The simulator with the same user, client, time and answer; null where the answer is not kept.</summary>
    public string? SimulatorHref { get; init; }
}
