using NacGateway.Core.Insight.DryRun;

namespace NacGateway.Web.Api.Rules;

/// <summary>What rules would mean for one open session.</summary>
/// <param name="AcctSessionId">The session.</param>
/// <param name="UserName">Its user.</param>
/// <param name="ClientAddress">Its address.</param>
/// <param name="Kind">What would become of it.</param>
/// <param name="RoleNow">Its role now; null for none.</param>
/// <param name="RoleThen">The role that it would be under; null for none, or where it is not put under another.</param>
/// <param name="Rule">The rule that would hold; null for none.</param>
/// <param name="Words">What would be different, or why that cannot be said.</param>
public sealed record ForecastItem(string AcctSessionId, string UserName, string ClientAddress, ForecastKind Kind, string? RoleNow, string? RoleThen, string? Rule, string Words)
{
    internal static ForecastItem Of(SessionForecast forecast) => new(
        forecast.Session.AcctSessionId,
        forecast.Session.UserName,
        forecast.Session.ClientAddress.ToString(),
        forecast.Kind,
        forecast.Session.Limits.Role,
        forecast.Limits?.Role,
        forecast.Rule,
        forecast.Words);
}
