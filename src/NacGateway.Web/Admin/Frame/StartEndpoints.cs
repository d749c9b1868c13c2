using NacGateway.Web.Desk;

namespace NacGateway.Web.Admin.Frame;

/// <summary>The bare address: leads to the first section that the role may open.</summary>
internal static class StartEndpoints
{
    public static void Map(IEndpointRouteBuilder desk) => desk.MapGet("/", (HttpContext context) =>
    {
        var user = context.DeskUser();
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = DeskSection.All.FirstOrDefault(section => user.May(section.Right))?.Path ?? "/me";
    }).RequireSignIn().ExcludeFromDescription();
}
