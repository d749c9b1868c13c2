using Microsoft.Extensions.DependencyInjection.Extensions;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>Registers the way through the gate.</summary>
internal static class ForwardingServices
{
    private const string RoutesSection = "ReverseProxy";

    public static IServiceCollection AddForwarding(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddRouting();
        services.AddReverseProxy().LoadFromConfig(configuration.GetSection(RoutesSection));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<INameResolver, SystemNameResolver>();
        services.AddSingleton<OwnEndPoints>();
        services.AddSingleton<DestinationGuard>();
        services.AddSingleton<DestinationDialer>();
        services.AddSingleton<DirectForwarder>();
        services.AddSingleton<TunnelForwarder>();
        services.AddSingleton<GateForwarder>();
        return services;
    }
}
