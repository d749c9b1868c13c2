namespace NacGateway.Core.Administration;

/// <summary>A list with its filters, kept by an administrator under a name.</summary>
public sealed record SavedView
{
    /// <summary>Key.</summary>
    public long Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string Owner { get; init; }

    /// <summary>Path of the page, such as "/sessions".</summary>
    public required string Page { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; set; }

    /// <summary>The URL's query, without "?".</summary>
    public required string Query { get; set; }

    /// <summary>Whether all administrators see it; only its owner changes it.</summary>
    public bool Shared { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was deleted, UTC; it can be taken back for a while.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}
