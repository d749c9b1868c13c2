using NacGateway.Core.Insight;
using NacGateway.Radius.Client;

namespace NacGateway.Web.Admin.Overview;

/// <summary>How the gateway stands at one moment: what the list of what needs attention is made from.</summary>
internal sealed record OverviewFacts
{
    public required DateTimeOffset At { get; init; }

    public required IReadOnlyList<ServerHealth> Servers { get; init; }

    /// <summary>Replies that were not believed in the last minutes, by server.</summary>
    public IReadOnlyDictionary<string, long> Unbelieved { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    public bool IsAccountingOn { get; init; }

    /// <summary>Since when no server acknowledges accounting, and why.</summary>
    public (DateTimeOffset Since, string Problem)? Silence { get; init; }

    /// <summary>Records of accounting that wait.</summary>
    public int Waiting { get; init; }

    /// <summary>When the first of them happened.</summary>
    public DateTimeOffset? OldestAt { get; init; }

    /// <summary>Records of accounting that no server takes.</summary>
    public int SetAside { get; init; }

    /// <summary>Sessions of which nothing was heard.</summary>
    public long Stale { get; init; }

    /// <summary>What is free on the disk of the database, as a share and in octets; null where the database is elsewhere.</summary>
    public (double Share, long Octets)? Disk { get; init; }

    /// <summary>When the certificate of the portal ends; null where it has none.</summary>
    public DateTimeOffset? PortalCertificateEnds { get; init; }

    /// <summary>What was done in the last minutes.</summary>
    public required ActivityCounts Recent { get; init; }

    /// <summary>Other things that a probe of the gateway's own says are wrong.</summary>
    public IReadOnlyList<ReadinessCheck> Checks { get; init; } = [];
}
