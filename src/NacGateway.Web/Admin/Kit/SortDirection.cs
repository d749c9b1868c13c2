namespace NacGateway.Web.Admin.Kit;

/// <summary>How a column orders a list.</summary>
public enum SortDirection
{
    /// <summary>The list is ordered by another column.</summary>
    None,

    /// <summary>Smallest first.</summary>
    Ascending,

    /// <summary>Largest first.</summary>
    Descending,
}
