namespace NacGateway.Web.Desk;

/// <summary>Where the guard leaves who asks.</summary>
internal static class DeskUserAccess
{
    /// <summary>Who asks; only behind a route that somebody must be signed in for.</summary>
    public static DeskUser DeskUser(this HttpContext context) =>
        context.Features.Get<DeskUser>() ?? throw new InvalidOperationException($"{context.Request.Path} is served to nobody in particular.");
}
