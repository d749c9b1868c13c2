using NacGateway.Core.Administration;
using NacGateway.Web.Api.Frame;

namespace NacGateway.Web.Api.Views;

/// <summary>A list with its filters, kept under a name.</summary>
public sealed record ViewItem
{
    /// <summary>Number.</summary>
    public required long Id { get; init; }

    /// <summary>Whose it is: he changes it, and nobody else.</summary>
    public required string Owner { get; init; }

    /// <summary>The page, such as /sessions.</summary>
    public required string Page { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The query of the page, without the question mark.</summary>
    public required string Query { get; init; }

    /// <summary>Whether all administrators see it.</summary>
    public required bool Shared { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was deleted; null while it is there.</summary>
    public required DateTimeOffset? DeletedAt { get; init; }

    internal static ViewItem Of(SavedView view) => new() { Id = view.Id, Owner = view.Owner, Page = view.Page, Name = view.Name, Query = view.Query, Shared = view.Shared, CreatedAt = view.CreatedAt, DeletedAt = view.DeletedAt };

    internal static string Tag(SavedView view) => EntityTags.Of($"{view.Id}", view.Page, view.Name, view.Query, view.Shared ? "shared" : "", view.DeletedAt is null ? "" : "deleted");
}
