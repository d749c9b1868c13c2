using NacGateway.Core.Insight.Decisions;

namespace NacGateway.Web.Desk.Decisions;

/// <summary>A decision and its story.</summary>
/// <param name="File">The record with what belongs to it.</param>
/// <param name="Story">The story.</param>
internal sealed record ToldDecision(DecisionFile File, DecisionStory Story);
