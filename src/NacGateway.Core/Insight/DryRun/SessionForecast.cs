using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.DryRun;

/// <summary>What other rules would mean for one open session, and why.</summary>
public sealed record SessionForecast
{
    /// <summary>The session, as it was when it was looked at.</summary>
    public required ActiveSession Session { get; init; }

    /// <summary>What would become of it.</summary>
    public required ForecastKind Kind { get; init; }

    /// <summary>Limits that it would be under; null where it is not put under others.</summary>
    public SessionLimits? Limits { get; init; }

    /// <summary>The rule that would hold; null for none.</summary>
    public string? Rule { get; init; }

    /// <summary>In words: what would be different, or why that cannot be said.</summary>
    public required string Words { get; init; }

    /// <summary>What would be decided; null where nothing could be.</summary>
    internal AccessDecision? Decision { get; init; }

    /// <summary>The record that it was worked out from.</summary>
    internal PolicyDecision? Record { get; init; }
}
