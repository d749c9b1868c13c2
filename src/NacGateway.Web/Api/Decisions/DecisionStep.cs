using NacGateway.Core.Insight.Decisions;

namespace NacGateway.Web.Api.Decisions;

/// <summary>A step of a decision's story.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Text">As a sentence.</param>
public sealed record DecisionStep(StoryStepKind Kind, string Title, string Text)
{
    internal static DecisionStep Of(StoryStep step) => new(step.Kind, step.Title, step.Text.ToString());
}
