using Microsoft.Extensions.Options;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Access;
using NacGateway.Web.Desk.Live;

namespace NacGateway.Web.Admin;

/// <summary>Registers the administrator's listener.</summary>
internal static class AdminServices
{
    public static IServiceCollection AddAdmin(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AdminOptions>().Bind(configuration.GetSection(AdminOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<AdminOptions>, AdminOptionsValidator>();
        services.AddOptions<ApiOptions>().Bind(configuration.GetSection(ApiOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddRouting();
        services.AddSingleton<Readiness>();
        services.AddSingleton<DeskViews>();
        services.AddSingleton<DeskRefusals>();
        services.AddSingleton<IDeskRefusals>(provided => provided.GetRequiredService<DeskRefusals>());
        services.AddSingleton<DeskFaults>();
        services.AddSingleton<DeskAudit>();
        services.AddSingleton<DeskGuard>();
        LiveRoutes.AddServices(services, configuration);
        services.AddSingleton<ILiveTopic, ShellTopic>();
        services.AddSingleton<DeskHosts>();
        DeskRoutes.AddServices(services);
        services.AddDeskAccess();
        return services;
    }
}
