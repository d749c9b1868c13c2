using NacGateway.Core.Insight;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Admin.Overview;

namespace NacGateway.Web.Admin.Radius;

/// <summary>One RADIUS server.</summary>
public sealed record ServerModel
{
    /// <summary>This page.</summary>
    public required PageLink Link { get; init; }

    /// <summary>The time that its plots look at.</summary>
    public required OverviewRange Range { get; init; }

    /// <summary>The server at each of its ports; at least one.</summary>
    public required IReadOnlyList<ServerRow> Rows { get; init; }

    /// <summary>What it did for sign-ins in the range.</summary>
    public required IReadOnlyList<ServerBucket> History { get; init; }

    /// <summary>Name as configured.</summary>
    public string Name => Rows[0].Server.Name;
}
