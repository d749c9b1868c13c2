using NacGateway.Core.Insight.Search;
using NacGateway.Web.Api.Sessions;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Live;

namespace NacGateway.Web.Admin.Sessions.Listing;

/// <summary>The routes of the list of sessions.</summary>
internal static class SessionListRoutes
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<SessionReads>();
        services.AddSingleton<ILiveTopic, SessionsTopic>();
    }

    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet(SessionLinks.Path, (HttpContext context, SessionReads reads) => reads.ShowAsync(context)).RequireRight(DeskRight.Read).ExcludeFromDescription();
        foreach (var format in new[] { "csv", "json" })
        {
            // As the page does: what makes no sense is left out, and the page that the link stands on has said so.
            desk.MapGet($"{SessionLinks.Path}/export.{format}", (HttpContext context, SessionExport export) => export.WriteAsync(context, SessionQueryReader.Read(SessionReads.Pairs(context)), format))
                .RequireRight(DeskRight.Export).ExcludeFromDescription();
        }
    }
}
