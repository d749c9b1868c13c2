namespace NacGateway.Web.Api.Sessions;

/// <summary>Sessions, and what is done to them.</summary>
internal static class SessionsApi
{
    public static void AddServices(IServiceCollection services)
    {
        SessionListApi.AddServices(services);
    }

    /// <param name="api">The group <c>/api/v1</c>.</param>
    public static void Map(IEndpointRouteBuilder api)
    {
        SessionListApi.Map(api);
        Detail.SessionActsApi.Map(api);
        Detail.SessionDetailApi.Map(api);
    }
}
