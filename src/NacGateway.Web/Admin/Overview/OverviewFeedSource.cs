using NacGateway.Core.Audit;
using NacGateway.Core.Insight;
using NacGateway.Core.Sessions;

namespace NacGateway.Web.Admin.Overview;

/// <summary>What the feed of the overview asks.</summary>
internal sealed record OverviewFeedSource(OverviewFactsReader Facts, OverviewReader Reader, ActivityRing Ring, SessionTable Sessions, RecentActs Acts);
