using Microsoft.AspNetCore.Mvc;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Acts;

namespace NacGateway.Web.Admin.Sessions.Acts;

/// <summary>The acts on sessions as pages send them, for one session and for many.</summary>
internal static class SessionActEndpoints
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<SessionDesk>();
        services.AddSingleton<SessionActForms>();
    }

    public static void Map(IEndpointRouteBuilder desk)
    {
        var size = new RequestSizeLimitAttribute(ActForm.LongestBody);
        foreach (var (verb, right) in new[] { ("disconnect", DeskRight.ActOnSessions), ("extend", DeskRight.ActOnSessions), ("message", DeskRight.ActOnSessions), ("role", DeskRight.ChangeRoles) })
        {
            desk.MapPost($"/sessions/{verb}", (HttpContext context, SessionActForms acts) => acts.ActAsync(context, verb)).RequireRight(right).WithMetadata(size).ExcludeFromDescription();
        }
    }
}
