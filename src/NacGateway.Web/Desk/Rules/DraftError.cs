namespace NacGateway.Web.Desk.Rules;

/// <summary>An error in a document.</summary>
/// <param name="Line">Its line, from 1; null where it is about the whole.</param>
/// <param name="Text">Path, problem and remedy.</param>
public sealed record DraftError(int? Line, string Text);
