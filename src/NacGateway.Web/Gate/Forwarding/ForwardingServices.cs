using Microsoft.Extensions.DependencyInjection.Extensions;
using Yarp.ReverseProxy.Transforms;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>Registers the way through the gate.</summary>
internal static class ForwardingServices
{
    private const string RoutesSection = "ReverseProxy";

    public static IServiceCollection AddForwarding(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddRouting();
        services.AddReverseProxy().LoadFromConfig(configuration.GetSection(RoutesSection))
            .ConfigureHttpClient(static (_, handler) => HeaderOctets.Keep(handler))
            .AddTransforms(static route => route.AddResponseTransform(static context =>
            {
                HopByHop.Remove(context.HttpContext.Response.Headers, context.ProxyResponse);
                PacedContent.Apply(context.HttpContext, context.ProxyResponse);
                return ValueTask.CompletedTask;
            }));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<INameResolver, SystemNameResolver>();
        services.AddSingleton<Refusals>();
        services.AddSingleton<Failures>();
        services.AddSingleton<OwnEndPoints>();
        services.AddSingleton<DestinationGuard>();
        services.AddSingleton<StopGrace>();
        services.AddSingleton<RoleReach>();
        services.AddSingleton<RouteReach>();
        services.AddSingleton<DestinationDialer>();
        services.AddSingleton<DirectForwarder>();
        services.AddSingleton<TunnelForwarder>();
        services.AddSingleton<GateForwarder>();
        return services;
    }
}
