using NacGateway.Web.Desk.Views;

namespace NacGateway.Web.Admin.Views;

/// <summary>A saved view, or one that is to be saved, with what was typed.</summary>
public sealed record ViewPageModel
{
    /// <summary>The view as it is kept; null for one that is not kept yet.</summary>
    public ShelfView? Kept { get; init; }

    /// <summary>The page whose list it is.</summary>
    public required string Page { get; init; }

    /// <summary>Its name, as typed.</summary>
    public required string Name { get; init; }

    /// <summary>The query of the page.</summary>
    public required string Query { get; init; }

    /// <summary>Whether all administrators see it.</summary>
    public bool Shared { get; init; }

    /// <summary>What is wrong with which field; null for nothing.</summary>
    public (string Field, string Text)? Problem { get; init; }
}
