using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Live;
using NacGateway.Web.Desk.Radius;

namespace NacGateway.Web.Admin.Radius;

/// <summary>The servers as they change.</summary>
internal sealed class RadiusTopic(RadiusServerList servers, TimeProvider time) : ILiveTopic
{
    /// <summary>Last part of its path.</summary>
    public const string Path = "radius";

    public string Name => Path;

    public DeskRight Right => DeskRight.Read;

    public ILiveView Open(LiveQuery query) => new RadiusFeed(servers, time);
}
