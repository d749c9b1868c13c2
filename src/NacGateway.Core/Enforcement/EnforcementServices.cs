using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NacGateway.Core.Enforcement.Leases;

namespace NacGateway.Core.Enforcement;

/// <summary>Registers what opens the network below HTTP, and what knows the devices on it.</summary>
internal static class EnforcementServices
{
    public static void AddEnforcement(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<EnforcementOptions>().Bind(settings.GetSection(EnforcementOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EnforcementOptions>, EnforcementOptionsValidator>();
        services.AddLeases();
    }
}
