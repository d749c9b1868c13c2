using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.Overview;

/// <summary>Something that a person should look at.</summary>
/// <param name="Key">Names it, so that the feed sees when the list has changed.</param>
/// <param name="Look">How bad it is.</param>
/// <param name="What">What is the matter, in a few words.</param>
/// <param name="Why">What it means for users, and what to do.</param>
/// <param name="Rule">From when on it is said.</param>
public sealed record AttentionItem(string Key, Look Look, string What, string Why, string Rule)
{
    /// <summary>Since when; null where that says nothing.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Where to look further; null where there is no page for it.</summary>
    public string? Href { get; init; }

    /// <summary>What the link says.</summary>
    public string Verb { get; init; } = "Open";
}
