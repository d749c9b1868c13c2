using NacGateway.Core.Audit;
using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.Trail;

/// <summary>The audit trail.</summary>
public sealed record TrailModel
{
    /// <summary>Lines that each user of a page sees.</summary>
    public const int PageSize = 100;

    /// <summary>The lines of this page, repetitions put together.</summary>
    public required IReadOnlyList<TrailRow> Rows { get; init; }

    /// <summary>What is asked for.</summary>
    public required AuditFilter Filter { get; init; }

    /// <summary>Name of the range; null for none of the offered.</summary>
    public string? Range { get; init; }

    /// <summary>This page.</summary>
    public required PageLink Link { get; init; }

    /// <summary>Where the lines before these are; null where there are none.</summary>
    public string? NextHref { get; init; }

    /// <summary>Where the lines after these are; null where there are none.</summary>
    public string? PreviousHref { get; init; }

    /// <summary>Lines that fit, counted up to a bound.</summary>
    public required long Total { get; init; }

    /// <summary>Whether the count stopped at the bound.</summary>
    public bool IsCapped { get; init; }

    /// <summary>Who did something lately.</summary>
    public required IReadOnlyList<string> Actors { get; init; }

    /// <summary>What was done lately.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>The line of the last verification; null for none.</summary>
    public AuditRecord? Verified { get; init; }

    /// <summary>Parts of the URL that could not be used.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];
}
