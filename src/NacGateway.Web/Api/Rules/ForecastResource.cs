using NacGateway.Core.Insight.DryRun;

namespace NacGateway.Web.Api.Rules;

/// <summary>What rules would mean for the open sessions of this gateway.</summary>
/// <param name="Version">The version that the rules have or would have.</param>
/// <param name="Total">Sessions that were looked at.</param>
/// <param name="Unchanged">Those that stay as they are.</param>
/// <param name="OtherRole">Those that would be under another role.</param>
/// <param name="OtherLimits">Those that would be under other limits.</param>
/// <param name="Refused">Those whose sign-in would be refused.</param>
/// <param name="LeftAlone">Those that somebody has changed since they signed in.</param>
/// <param name="NotKnown">Those of which too little was kept.</param>
/// <param name="Examples">Some of each kind but the first.</param>
public sealed record ForecastResource(int Version, int Total, int Unchanged, int OtherRole, int OtherLimits, int Refused, int LeftAlone, int NotKnown, IReadOnlyList<ForecastItem> Examples)
{
    internal static ForecastResource Of(int version, ForecastSummary summary) => new(
        version,
        summary.Total,
        summary.Of(ForecastKind.Unchanged),
        summary.Of(ForecastKind.OtherRole),
        summary.Of(ForecastKind.OtherLimits),
        summary.Of(ForecastKind.Refused),
        summary.Of(ForecastKind.LeftAlone),
        summary.Of(ForecastKind.NotKnown),
        [.. Enum.GetValues<ForecastKind>().SelectMany(summary.Examples).Select(ForecastItem.Of)]);
}
