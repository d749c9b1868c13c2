using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NacGateway.Core.Accounting;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Authentication;

/// <summary>Registers sign-in. Storage and sessions must be there, and their start must come first.</summary>
public static class LoginServices
{
    /// <summary>Adds <see cref="LoginService"/> and what it needs.</summary>
    public static IServiceCollection AddLogin(this IServiceCollection services, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        services.AddOptions<RadiusOptions>().Bind(settings.GetSection(RadiusOptions.Section)).ValidateOnStart();
        services.AddOptions<ThrottleOptions>().Bind(settings.GetSection(ThrottleOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RadiusOptions>, RadiusOptionsValidator>();
        services.AddSingleton<IValidateOptions<ThrottleOptions>, ThrottleOptionsValidator>();
        services.AddSingleton<AccessRequestFactory>();
        services.AddSingleton<RadiusServers>();
        services.AddSingleton<IAccountingServers, AccountingServers>();
        services.AddSingleton(provided => new RadiusHealth(provided.GetRequiredService<RadiusServers>(), provided.GetRequiredService<IMeterFactory>()));
        services.AddSingleton<LoginThrottle>();
        services.AddSingleton(provided => new LoginLocks(provided.GetRequiredService<LoginThrottle>()));
        services.AddSingleton<LoginAdmission>();
        services.AddSingleton<PendingChallenges>();
        services.AddSingleton<LoginExchange>();
        services.AddSingleton<LoginJudge>();
        services.AddSingleton<LoginGrant>();
        services.AddSingleton<LoginReply>();
        services.AddSingleton<LoginOutage>();
        services.AddSingleton<LoginConversation>();
        services.AddSingleton<UntriedRecords>();
        services.AddSingleton<LoginRecords>();
        services.AddSingleton<LoginMetrics>();
        services.AddSingleton<LoginLog>();
        services.AddSingleton(provided => new LoginService(
            provided.GetRequiredService<LoginAdmission>(),
            provided.GetRequiredService<LoginConversation>(),
            provided.GetRequiredService<LoginRecords>(),
            provided.GetRequiredService<PendingChallenges>(),
            provided.GetRequiredService<TimeProvider>(),
            provided.GetRequiredService<LoginLog>()));
        services.AddSingleton(provided => new RadiusTest(
            provided.GetRequiredService<RadiusServers>(),
            provided.GetRequiredService<AccessRequestFactory>(),
            provided.GetRequiredService<LoginThrottle>(),
            provided.GetRequiredService<IOptions<RadiusOptions>>(),
            provided.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ReauthorizationExchange>();
        services.AddSingleton<Reauthentication>();
        services.AddSingleton<ISessionRenewal, SessionRenewal>();
        services.AddOptions<MacBypassOptions>().Bind(settings.GetSection(MacBypassOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MacBypassOptions>, MacBypassOptionsValidator>();
        services.AddSingleton<DeviceSignIn>();
        services.AddHostedService<LoginUpkeep>();
        return services;
    }
}
