namespace NacGateway.Web.Admin.Sessions;

/// <summary>Sessions, and what is done to them.</summary>
internal static class SessionsEndpoints
{
    public static void AddServices(IServiceCollection services)
    {
        Listing.SessionListRoutes.AddServices(services);
        Acts.SessionActEndpoints.AddServices(services);
        Detail.SessionDetailEndpoints.AddServices(services);
    }

    public static void Map(IEndpointRouteBuilder desk)
    {
        Listing.SessionListRoutes.Map(desk);
        Acts.SessionActEndpoints.Map(desk);
        Detail.SessionDetailEndpoints.Map(desk);
    }
}
