using NacGateway.Web.Admin.Views;

namespace NacGateway.Web.Admin.Access;

/// <summary>Signing in and out, accounts, API keys, preferences.</summary>
internal static class AccessEndpoints
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<SignInEndpoints>();
        services.AddSingleton<MeEndpoints>();
        services.AddSingleton<MeSecondFactor>();
        services.AddSingleton<ViewPages>();
        services.AddSingleton<AccessQuestions>();
        services.AddSingleton<AdminsEndpoints>();
        services.AddSingleton<KeysEndpoints>();
    }

    public static void Map(IEndpointRouteBuilder desk)
    {
        SignInEndpoints.Map(desk);
        MeEndpoints.Map(desk);
        MeSecondFactor.Map(desk);
        ViewPages.Map(desk);
        AdminsEndpoints.Map(desk);
        KeysEndpoints.Map(desk);
    }
}
