namespace NacGateway.Web.Api.Access;

/// <summary>Local accounts of administrators and API keys.</summary>
internal static class AccessApi
{
    public static void AddServices(IServiceCollection services)
    {
    }

    /// <param name="api">The group <c>/api/v1</c>.</param>
    public static void Map(IEndpointRouteBuilder api)
    {
        AdministratorsApi.Map(api);
        KeysApi.Map(api);
    }
}
