using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk.Views;

/// <summary>A saved view as one administrator has it before him.</summary>
/// <param name="View">The view.</param>
/// <param name="IsOwn">Whether it is his: he changes it.</param>
/// <param name="MayDelete">Whether he may delete it.</param>
/// <param name="IsActive">Whether the page shows just this list.</param>
public sealed record ShelfView(SavedView View, bool IsOwn, bool MayDelete, bool IsActive = false)
{
    /// <summary>The list that it stands for.</summary>
    public string Address => ViewQuery.Address(View);
}
