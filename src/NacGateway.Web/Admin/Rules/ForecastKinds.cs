using NacGateway.Core.Insight.DryRun;
using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.Rules;

/// <summary>What the desk calls the kinds of a forecast.</summary>
internal static class ForecastKinds
{
    /// <summary>Those that are worth a table, the gravest first.</summary>
    public static IReadOnlyList<ForecastKind> Told { get; } = [ForecastKind.Refused, ForecastKind.OtherRole, ForecastKind.OtherLimits, ForecastKind.LeftAlone, ForecastKind.NotKnown];

    public static string Label(ForecastKind kind) => kind switch
    {
        ForecastKind.Refused => "Would be refused",
        ForecastKind.OtherRole => "Other role",
        ForecastKind.OtherLimits => "Other limits",
        ForecastKind.LeftAlone => "Left alone",
        ForecastKind.NotKnown => "Not known",
        _ => "Unchanged",
    };

    public static string Note(ForecastKind kind) => kind switch
    {
        ForecastKind.Refused => "their sign-in would be refused",
        ForecastKind.OtherRole => "and what comes with it",
        ForecastKind.OtherLimits => "under the same role",
        ForecastKind.LeftAlone => "changed by somebody since they signed in",
        ForecastKind.NotKnown => "too little of the sign-in was kept",
        _ => "same role, same limits",
    };

    public static Look Look(ForecastKind kind, int count) => kind switch
    {
        _ when count == 0 => Kit.Look.Plain,
        ForecastKind.Refused => Kit.Look.Bad,
        ForecastKind.NotKnown => Kit.Look.Warn,
        _ => Kit.Look.Plain,
    };
}
