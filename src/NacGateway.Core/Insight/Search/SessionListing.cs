namespace NacGateway.Core.Insight.Search;

/// <summary>Which list a query belongs to: its defaults, which its URL leaves out.</summary>
public enum SessionListing
{
    /// <summary>Sessions that are open, unless it says otherwise.</summary>
    Open = 0,

    /// <summary>Sessions that have ended, of the last 30 days, unless it says otherwise.</summary>
    Past,
}
