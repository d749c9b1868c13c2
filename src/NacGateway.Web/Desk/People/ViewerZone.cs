namespace NacGateway.Web.Desk.People;

/// <summary>The time zone in which an administrator writes times: the one of his preferences, otherwise UTC.</summary>
internal static class ViewerZone
{
    public static TimeZoneInfo Of(DeskUser user) =>
        user.Preferences.GetValueOrDefault("zone") is { Length: > 0 } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
