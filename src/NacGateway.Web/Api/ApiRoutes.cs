namespace NacGateway.Web.Api;

/// <summary>The routes of the REST API; one line for each resource.</summary>
internal static class ApiRoutes
{
    public static void AddServices(IServiceCollection services)
    {
        Frame.FrameApi.AddServices(services);
        Events.EventsApi.AddServices(services);
        Views.ViewsApi.AddServices(services);
        Access.AccessApi.AddServices(services);
        Sessions.SessionsApi.AddServices(services);
        People.PeopleApi.AddServices(services);
        Decisions.DecisionsApi.AddServices(services);
        Radius.RadiusApi.AddServices(services);
        Rules.RulesApi.AddServices(services);
        Trail.TrailApi.AddServices(services);
        Overview.OverviewApi.AddServices(services);
    }

    public static void Map(IEndpointRouteBuilder desk)
    {
        Frame.ApiDocument.Map(desk);
        var api = desk.MapGroup(Frame.ApiDocument.Root);
        Frame.FrameApi.Map(api);
        Events.EventsApi.Map(api);
        Views.ViewsApi.Map(api);
        Access.AccessApi.Map(api);
        Sessions.SessionsApi.Map(api);
        People.PeopleApi.Map(api);
        Decisions.DecisionsApi.Map(api);
        Radius.RadiusApi.Map(api);
        Rules.RulesApi.Map(api);
        Trail.TrailApi.Map(api);
        Overview.OverviewApi.Map(api);
    }
}
