using NacGateway.Core.Insight.Search;
using NacGateway.Core.Insight.Story;

namespace NacGateway.Web.Admin.Sessions.Detail;

/// <summary>The page of one session.</summary>
public sealed record SessionDetailModel
{
    /// <summary>How it stands.</summary>
    public required SessionRow Row { get; init; }

    /// <summary>What happened that the facet lets through, the newest first.</summary>
    public required IReadOnlyList<StoryLine> Lines { get; init; }

    /// <summary>The facet: empty for all.</summary>
    public required string Show { get; init; }

    /// <summary>Whether more happened than is told.</summary>
    public bool IsShortened { get; init; }

    /// <summary>Its traffic.</summary>
    public required TrafficRates Traffic { get; init; }

    /// <summary>Other sessions of the account.</summary>
    public required IReadOnlyList<SessionRow> Others { get; init; }

    /// <summary>What of the address could not be used.</summary>
    public string? Notice { get; init; }

    /// <summary>Path of the page.</summary>
    public string Path => $"/sessions/{Uri.EscapeDataString(Row.AcctSessionId)}";
}
