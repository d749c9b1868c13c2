namespace NacGateway.Web.Api.Rules;

/// <summary>Policies, the walled garden and settings.</summary>
internal static class RulesApi
{
    public static void AddServices(IServiceCollection services)
    {
    }

    /// <param name="api">The group <c>/api/v1</c>.</param>
    public static void Map(IEndpointRouteBuilder api)
    {
        PoliciesApi.Map(api);
        Settings.SettingsApi.Map(api);
    }
}
