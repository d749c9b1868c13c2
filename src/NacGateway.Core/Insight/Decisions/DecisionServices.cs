using Microsoft.Extensions.DependencyInjection;

namespace NacGateway.Core.Insight.Decisions;

/// <summary>Registers what tells why.</summary>
internal static class DecisionServices
{
    public static IServiceCollection AddDecisions(this IServiceCollection services) => services
        .AddSingleton<DecisionSearch>()
        .AddSingleton<DecisionReplays>();
}
