namespace NacGateway.Web.Desk.Views;

/// <summary>The saved views of a list's page.</summary>
public sealed record ViewShelf
{
    /// <summary>The page, such as "/sessions".</summary>
    public required string Page { get; init; }

    /// <summary>The list that the page shows, as it would be kept.</summary>
    public required string Query { get; init; }

    /// <summary>Whether it is short enough to be kept.</summary>
    public required bool CanKeep { get; init; }

    /// <summary>His own, then those that others share; by name.</summary>
    public required IReadOnlyList<ShelfView> Views { get; init; }
}
