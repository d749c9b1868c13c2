using NacGateway.Core.Insight;
using NacGateway.Core.Insight.Decisions;
using NacGateway.Web.Admin.Decisions;

namespace NacGateway.Web.Admin.Overview;

/// <summary>A reason for which sign-ins failed.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Count">How often.</param>
public sealed record OverviewReason(RefusalKind Kind, int Count)
{
    /// <summary>Value of the filter on the page of decisions.</summary>
    public string Key => DecisionKinds.NameOf(Kind);

    /// <summary>The reason in words.</summary>
    public string Words => DecisionStates.Words(Kind);
}
