using NacGateway.Web.Admin;
using NacGateway.Web.Hosting.Listeners;
using NacGateway.Web.Observability;

namespace NacGateway.Web.Hosting;

/// <summary>Composes the features; one line for each.</summary>
internal static class GatewayServices
{
    public static IServiceCollection AddGateway(this IServiceCollection services, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<MetricsCollector>();
        services.AddSingleton<MetricsPage>();
        services.AddAdmin(settings);
        services.AddOptions<LimitsOptions>().Bind(settings.GetSection(LimitsOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LogOptions>().Bind(settings.GetSection(LogOptions.Section));
        return services;
    }
}
