namespace NacGateway.Web.Desk.Decisions;

/// <summary>What the person would read.</summary>
/// <param name="Title">Title of the page.</param>
/// <param name="Text">The sentence below.</param>
/// <param name="Messages">What the rule or the server says to the person: foreign text, as far as it is shown.</param>
public sealed record SimulationTold(string Title, string Text, IReadOnlyList<string> Messages);
