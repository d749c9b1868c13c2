using NacGateway.Core.Insight.DryRun;

namespace NacGateway.Web.Desk.Rules;

/// <summary>Registers what pages and API do with rules.</summary>
internal static class RulesServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<PolicyDryRun>();
        services.AddSingleton<LiveApplication>();
        services.AddSingleton<DryRunDesk>();
        services.AddSingleton<RulesDesk>();
        services.AddSingleton<SettingForecast>();
        services.AddSingleton<SettingsDesk>();
    }
}
