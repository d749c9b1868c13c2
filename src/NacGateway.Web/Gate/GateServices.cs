using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NacGateway.Web.Gate.Probes;

namespace NacGateway.Web.Gate;

/// <summary>Registers the gate.</summary>
internal static class GateServices
{
    /// <summary>Adds the gate; Core's <c>SessionTable</c> must be registered too, and Hosting publishes the <see cref="PortalLink"/>.</summary>
    public static IServiceCollection AddGate(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GateOptions>().Bind(configuration.GetSection(GateOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GateOptions>, GateOptionsAnnotationValidator>();
        services.AddSingleton<IValidateOptions<GateOptions>, GateOptionsValidator>();
        services.TryAddSingleton<PortalLink>();
        services.AddSingleton<ClientAddress>();
        services.AddSingleton(provided => ProbeTable.TryLoad(provided.GetRequiredService<IOptions<GateOptions>>().Value.ProbeTable ?? ProbeTable.DefaultFile, out var errors)
            ?? throw new InvalidOperationException(string.Join(' ', errors)));
        services.AddSingleton<GateEndpoint>();
        return services;
    }
}
