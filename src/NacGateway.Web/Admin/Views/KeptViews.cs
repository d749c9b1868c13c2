using NacGateway.Core.Administration;
using NacGateway.Web.Desk.Views;

namespace NacGateway.Web.Admin.Views;

/// <summary>All saved views that an administrator has.</summary>
public sealed record KeptViews
{
    /// <summary>His own, then those that others share.</summary>
    public required IReadOnlyList<ShelfView> Views { get; init; }

    /// <summary>His own that were deleted, and can be taken back.</summary>
    public required IReadOnlyList<SavedView> Deleted { get; init; }
}
