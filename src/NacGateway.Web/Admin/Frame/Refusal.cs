namespace NacGateway.Web.Admin.Frame;

/// <summary>Why a page is not shown, and what to do about it.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Text">What it means, and what to do.</param>
/// <param name="Reference">Code of the log line; null for none.</param>
public sealed record Refusal(string Title, string Text, string? Reference = null)
{
    /// <summary>Where another try leads; null where it would do something twice, or nothing else.</summary>
    public string? Retry { get; init; }
}

