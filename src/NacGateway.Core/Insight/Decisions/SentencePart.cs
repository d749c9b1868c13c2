namespace NacGateway.Core.Insight.Decisions;

/// <summary>A piece of a sentence.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsForeign">Whether somebody else wrote it: a user, a server, an administrator. It is shown apart from what stands around it.</param>
public sealed record SentencePart(string Text, bool IsForeign);
