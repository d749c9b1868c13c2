using NacGateway.Core.Audit;
using NacGateway.Core.Insight;
using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.Overview;

/// <summary>The first page: whether something is wrong, and how much is going on.</summary>
public sealed record OverviewModel
{
    /// <summary>This page.</summary>
    public required PageLink Link { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The time it looks at.</summary>
    public required OverviewRange Range { get; init; }

    /// <summary>What needs a person.</summary>
    public required IReadOnlyList<AttentionItem> Attention { get; init; }

    /// <summary>The figures on top.</summary>
    public required IReadOnlyList<OverviewTile> Tiles { get; init; }

    /// <summary>Sessions open now.</summary>
    public int Sessions { get; init; }

    /// <summary>What was done in the range.</summary>
    public required ActivityCounts Done { get; init; }

    /// <summary>The last few seconds; null while they are not measured.</summary>
    public ActivityMoment? Moment { get; init; }

    /// <summary>Records of accounting that wait.</summary>
    public int Waiting { get; init; }

    /// <summary>When the first of them happened.</summary>
    public DateTimeOffset? OldestAt { get; init; }

    /// <summary>What was done in the range, piece by piece.</summary>
    public required IReadOnlyList<ActivityBucket> History { get; init; }

    /// <summary>Why sign-ins failed in the range, the most frequent first.</summary>
    public required IReadOnlyList<OverviewReason> Reasons { get; init; }

    /// <summary>The RADIUS servers.</summary>
    public required IReadOnlyList<OverviewServer> Servers { get; init; }

    /// <summary>What administrators did last; null for whom that is not shown.</summary>
    public IReadOnlyList<AuditRecord>? Acts { get; init; }
}
