using Microsoft.Extensions.DependencyInjection;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>Registers what knows the devices.</summary>
internal static class LeaseServices
{
    public static void AddLeases(this IServiceCollection services)
    {
        services.AddSingleton<NeighbourBook>();
        services.AddSingleton<LeaseBook>();
        services.AddSingleton<MoveTally>();
        services.AddSingleton<MovedSessions>();
        services.AddSingleton(provided => new DeviceLookup(provided.GetRequiredService<LeaseTable>(), provided.GetRequiredService<NeighbourBook>()));
    }

    /// <summary>Once sessions are restored and can be written, and before a listener opens: who moved meanwhile is seen by then.</summary>
    public static void FollowLeases(this IServiceCollection services)
    {
        services.AddHostedService<LeaseFollower>();
        services.AddHostedService<NeighbourWatch>();
        services.AddHostedService<LeaseFiles>();
        services.AddHostedService<LeaseForgetting>();
    }
}
