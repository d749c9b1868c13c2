using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Api;
using NacGateway.Web.Desk.Live;

namespace NacGateway.Web.Admin;

/// <summary>The routes of the administrator's listener; one line for each section.</summary>
internal static class DeskRoutes
{
    public static void AddServices(IServiceCollection services)
    {
        Access.AccessEndpoints.AddServices(services);
        Overview.OverviewEndpoints.AddServices(services);
        Sessions.SessionsEndpoints.AddServices(services);
        People.PeopleEndpoints.AddServices(services);
        Decisions.DecisionsEndpoints.AddServices(services);
        Radius.RadiusEndpoints.AddServices(services);
        Rules.RulesEndpoints.AddServices(services);
        Trail.TrailEndpoints.AddServices(services);
        ApiRoutes.AddServices(services);
    }

    public static void Map(IEndpointRouteBuilder desk)
    {
        HealthEndpoints.Map(desk);
        Assets.DeskAssets.Map(desk);
        StartEndpoints.Map(desk);
        LiveRoutes.Map(desk, Assets.DeskAssets.Version);
        Access.AccessEndpoints.Map(desk);
        Overview.OverviewEndpoints.Map(desk);
        Sessions.SessionsEndpoints.Map(desk);
        People.PeopleEndpoints.Map(desk);
        Decisions.DecisionsEndpoints.Map(desk);
        Radius.RadiusEndpoints.Map(desk);
        Rules.RulesEndpoints.Map(desk);
        Trail.TrailEndpoints.Map(desk);
        ApiRoutes.Map(desk);
    }
}
