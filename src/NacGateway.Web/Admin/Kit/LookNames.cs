namespace NacGateway.Web.Admin.Kit;

/// <summary>The word by which the style sheet and the script know a look (<c>data-look</c>).</summary>
internal static class LookNames
{
    public static string? Name(this Look look) => look switch
    {
        Look.Good => "good",
        Look.Warn => "warn",
        Look.Bad => "bad",
        Look.Leaving => "leaving",
        Look.Gone => "gone",
        Look.Unknown => "unknown",
        Look.Info => "info",
        _ => null,
    };
}
