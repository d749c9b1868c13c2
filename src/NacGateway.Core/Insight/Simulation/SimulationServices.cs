using Microsoft.Extensions.DependencyInjection;
using NacGateway.Core.Authentication;

namespace NacGateway.Core.Insight.Simulation;

/// <summary>Registers the simulator.</summary>
internal static class SimulationServices
{
    public static IServiceCollection AddSimulation(this IServiceCollection services) => services
        .AddSingleton<SimulatedPlace>()
        .AddSingleton(provided => new SignInSimulator(
            provided.GetRequiredService<LoginJudge>(),
            provided.GetRequiredService<LoginGrant>(),
            provided.GetRequiredService<LoginOutage>(),
            provided.GetRequiredService<LoginRecords>(),
            provided.GetRequiredService<SimulatedPlace>(),
            provided.GetRequiredService<TimeProvider>()));
}
