namespace NacGateway.Core.Insight.Search;

/// <summary>Which sessions a search is for, by how they stand.</summary>
public enum SessionStateFilter
{
    None = 0,

    /// <summary>All that have not ended.</summary>
    Open,
    Active,
    Idle,
    Stale,
    Ended,
}
