using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Live;

namespace NacGateway.Web.Admin.Overview;

/// <summary>The overview as it changes.</summary>
internal sealed class OverviewTopic(OverviewFeedSource source, TimeProvider time) : ILiveTopic
{
    /// <summary>Last part of its path.</summary>
    public const string Path = "overview";

    public string Name => Path;

    public DeskRight Right => DeskRight.Read;

    public ILiveView Open(LiveQuery query) => new OverviewFeed(source, PageLink.To($"/{Path}").And(query.Parameters), time);
}
