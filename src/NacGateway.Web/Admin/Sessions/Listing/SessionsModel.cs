using NacGateway.Core.Insight.Search;
using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.Sessions.Listing;

/// <summary>The list of sessions as it was asked for.</summary>
public sealed record SessionsModel
{
    /// <summary>What was asked for.</summary>
    public required SessionQuery Query { get; init; }

    /// <summary>What was found; null where the database did not answer.</summary>
    public required SessionPage? Page { get; init; }

    /// <summary>The code by which the log names why there is no page.</summary>
    public string? Reference { get; init; }

    /// <summary>Sessions that this gateway holds.</summary>
    public required int Open { get; init; }

    /// <summary>What of the address could not be done, as sentences.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>Roles to choose from.</summary>
    public required IReadOnlyList<FacetOption> Roles { get; init; }

    /// <summary>Servers to choose from.</summary>
    public required IReadOnlyList<FacetOption> Servers { get; init; }

    /// <summary>The columns beside that of the user.</summary>
    public required IReadOnlyList<SessionColumn> Columns { get; init; }

    /// <summary>This list in its shortest spelling, from its first page.</summary>
    internal PageLink Link => SessionLinks.Of(Query with { Page = 1, Cursor = null }, Columns);

    /// <summary>This very page of it.</summary>
    internal PageLink Here => SessionLinks.Of(Query, Columns);
}
