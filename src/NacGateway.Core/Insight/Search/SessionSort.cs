namespace NacGateway.Core.Insight.Search;

/// <summary>By what a list of sessions is sorted.</summary>
public enum SessionSort
{
    /// <summary>When they began.</summary>
    Started = 0,
    User,
    Address,
    Ended,
    Mac,
    Role,
    Server,

    /// <summary>Octets to the client.</summary>
    Down,

    /// <summary>Octets from the client.</summary>
    Up,
}
