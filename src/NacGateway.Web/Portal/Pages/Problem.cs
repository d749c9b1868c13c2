namespace NacGateway.Web.Portal.Pages;

/// <summary>What went wrong, in words: the box on top of a page.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Body">What it means and what to do.</param>
/// <param name="Reference">Code that the log has too; null when nothing was asked of a server and nothing logged.</param>
/// <param name="Messages">Text of the organisation's server, cleaned.</param>
public sealed record Problem(string Title, string Body, string? Reference = null, IReadOnlyList<string>? Messages = null);
