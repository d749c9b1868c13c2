using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NacGateway.Core.Insight.Decisions;
using NacGateway.Core.Insight.Simulation;
using NacGateway.Core.Insight.People;

namespace NacGateway.Core.Insight;

/// <summary>Registers what looks back.</summary>
internal static class InsightServices
{
    public static void AddInsight(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<InsightOptions>().Bind(settings.GetSection(InsightOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<InsightOptions>, InsightOptionsValidator>();
        services.AddSingleton<GateActivity>();
        services.AddSingleton<ActivityCounters>();
        services.AddSingleton<ActivityRing>();
        services.AddSingleton<ActivityRecorder>();
        services.AddSingleton<ActivityHistory>();
        services.AddSingleton<RefusalReasons>();
        services.AddSingleton<SessionTimeline>();
        services.AddSingleton<Story.SessionPulse>();
        services.AddDecisions();
        services.AddSimulation();
        services.AddSingleton<AddressHistory>();
        services.AddSingleton<PeopleFiles>();
        services.AddSingleton<PeopleSearch>();
        services.AddHostedService<ActivitySampler>();
    }
}
