namespace NacGateway.Core.Insight.Decisions;

/// <summary>A step of a story.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Text">As a sentence.</param>
public sealed record StoryStep(StoryStepKind Kind, string Title, Sentence Text);
