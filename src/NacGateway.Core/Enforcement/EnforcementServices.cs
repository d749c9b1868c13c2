using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NacGateway.Core.Enforcement.Leases;
using NacGateway.Core.Enforcement.Nftables;
using NacGateway.Core.Enforcement.Resolver;

namespace NacGateway.Core.Enforcement;

/// <summary>Registers what opens the network below HTTP, and what knows the devices on it.</summary>
internal static class EnforcementServices
{
    public static void AddEnforcement(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<EnforcementOptions>().Bind(settings.GetSection(EnforcementOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EnforcementOptions>, EnforcementOptionsValidator>();
        services.TryAddSingleton(new EnforcementPorts(0, []));
        services.AddSingleton<GardenAddresses>();
        services.AddSingleton<EnforcementState>();
        services.AddSingleton<EnforcementMetrics>();
        services.AddSingleton<EnforcementSources>();
        services.AddSingleton<NftablesEnforcer>();
        services.AddSingleton<FirstPacketWatch>();
        services.AddSingleton<ResolverNames>();
        services.AddSingleton<IEnforcementInspector, EnforcementInspector>();
        services.AddLeases();
    }

    /// <summary>Once the leases are known, and before any listener opens.</summary>
    public static void StartEnforcement(this IServiceCollection services)
    {
        services.AddHostedService(provided => provided.GetRequiredService<NftablesEnforcer>());
        services.AddHostedService(provided => provided.GetRequiredService<FirstPacketWatch>());
        services.AddHostedService(provided => provided.GetRequiredService<ResolverNames>());
    }
}
