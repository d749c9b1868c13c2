using NacGateway.Core.Insight;
using NacGateway.Radius.Client;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Admin.Overview;
using NacGateway.Web.Desk.Radius;

namespace NacGateway.Web.Admin.Radius;

/// <summary>The RADIUS servers.</summary>
public sealed record RadiusModel
{
    /// <summary>Plots of more lines than this cannot be read.</summary>
    public const int MostLines = 5;

    /// <summary>This page.</summary>
    public required PageLink Link { get; init; }

    /// <summary>The time that its plot looks at.</summary>
    public required OverviewRange Range { get; init; }

    /// <summary>Those for sign-ins, then those for accounting.</summary>
    public required IReadOnlyList<ServerRow> Rows { get; init; }

    /// <summary>History of those for sign-ins, by name, all over the same pieces.</summary>
    public required IReadOnlyList<(string Name, IReadOnlyList<ServerBucket> Pieces)> History { get; init; }

    /// <summary>Changes of state, the newest first.</summary>
    public required IReadOnlyList<(DeskServer Server, ServerChange Change)> Changes { get; init; }

    /// <summary>What happens when no server answers.</summary>
    public required IReadOnlyList<string> Outage { get; init; }
}
