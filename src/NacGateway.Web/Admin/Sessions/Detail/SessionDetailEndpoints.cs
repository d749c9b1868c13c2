using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Acts;
using NacGateway.Web.Desk.Live;

namespace NacGateway.Web.Admin.Sessions.Detail;

/// <summary>The page of one session.</summary>
internal static class SessionDetailEndpoints
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<SessionFiles>();
        services.AddSingleton<SessionDetailReads>();
        services.AddSingleton<ILiveTopic, SessionTopic>();
    }

    public static void Map(IEndpointRouteBuilder desk) =>
        desk.MapGet("/sessions/{id}", (HttpContext context, SessionDetailReads reads, string id) => reads.ShowAsync(context, id)).RequireRight(DeskRight.Read).ExcludeFromDescription();
}
