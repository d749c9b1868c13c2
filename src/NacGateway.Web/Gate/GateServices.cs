using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NacGateway.Core.Administration.Runtime;
using NacGateway.Core.Insight;
using NacGateway.Core.Sessions;
using NacGateway.Web.Gate.Forwarding;
using NacGateway.Web.Gate.Interception;
using NacGateway.Web.Gate.Probes;

namespace NacGateway.Web.Gate;

/// <summary>Registers the gate.</summary>
internal static class GateServices
{
    /// <summary>Adds the gate; Core's <c>SessionTable</c> and <c>PolicyBook</c> must be registered too, and Hosting publishes the <see cref="PortalLink"/>.</summary>
    public static IServiceCollection AddGate(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GateOptions>().Bind(configuration.GetSection(GateOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GateOptions>, GateOptionsAnnotationValidator>();
        services.AddSingleton<IValidateOptions<GateOptions>, GateOptionsValidator>();
        services.AddOptions<WalledGardenOptions>().Bind(configuration.GetSection(WalledGardenOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WalledGardenOptions>, WalledGardenOptionsValidator>();
        services.TryAddSingleton<PortalLink>();
        services.TryAddSingleton<ClientArrivals>();
        services.TryAddSingleton<GateActivity>();
        services.AddSingleton<ClientAddress>();
        services.AddSingleton<GardenBook>();
        services.AddSingleton<IReadOnlyList<RuntimeSetting>>(provided => [GardenSetting.Of(provided.GetRequiredService<GardenBook>())]);
        services.AddSingleton<ProbeRule>();
        services.AddSingleton<IsolatedLan>();
        services.AddSingleton<GateReplies>();
        services.AddSingleton<CaptiveAnswer>();
        services.AddForwarding(configuration);
        services.AddSingleton<NameClaims>();
        services.AddSingleton<InterceptedConnections>();
        services.AddSingleton<IConfigureOptions<SocketTransportOptions>, TransparentListening>();
        services.AddSingleton<BeforeSignIn>();
        services.AddSingleton<GateEndpoint>();
        return services;
    }
}
