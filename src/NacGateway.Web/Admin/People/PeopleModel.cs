using NacGateway.Core.Insight.People;
using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.People;

/// <summary>The search for people, devices and addresses.</summary>
public sealed record PeopleModel
{
    /// <summary>This page.</summary>
    public required PageLink Link { get; init; }

    /// <summary>What is searched for; null for nothing.</summary>
    public string? Text { get; init; }

    /// <summary>Who was found; of nothing searched for, who came last.</summary>
    public required FoundPeople Found { get; init; }

    /// <summary>What of the URL could not be used.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}
