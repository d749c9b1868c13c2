using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NacGateway.Core.Accounting;
using NacGateway.Core.Administration;
using NacGateway.Core.Administration.Runtime;
using NacGateway.Core.Audit;
using NacGateway.Core.Authentication;
using NacGateway.Core.Coa;
using NacGateway.Core.Enforcement;
using NacGateway.Core.Enforcement.Leases;
using NacGateway.Core.Insight;
using NacGateway.Core.Insight.Search;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core;

/// <summary>Registers what this assembly offers.</summary>
public static class GatewayCoreServices
{
    /// <summary>Adds storage, sessions and sign-in. The host needs a <see cref="TimeProvider"/> and metrics.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="settings">The configuration's root.</param>
    /// <param name="provider">Chooses the database, such as SqliteStorage.Use.</param>
    public static IServiceCollection AddGatewayCore(this IServiceCollection services, IConfiguration settings, Action<DbContextOptionsBuilder> provider)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        services.TryAddSingleton(TimeProvider.System);
        services.AddDbContextFactory<GatewayDbContext>(provider);
        services.AddOptions<StorageOptions>().Bind(settings.GetSection(StorageOptions.Section)).ValidateOnStart();
        services.AddOptions<SessionOptions>().Bind(settings.GetSection(SessionOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddSingleton<IValidateOptions<SessionOptions>, SessionOptionsValidator>();
        services.AddSingleton(provided => new GatewayIdentity(provided.GetRequiredService<IOptions<RadiusOptions>>().Value.NasIdentifier));
        services.AddSingleton<DatabaseMigration>();
        services.AddSingleton<GatewayLease>();
        services.AddSingleton(provided => new GatewayRun(provided.GetRequiredService<GatewayLease>()));
        services.AddAudit();
        services.AddPolicy(settings);
        services.AddSessions();
        services.AddRuntimeSettings();
        services.AddSingleton<GatewayWriter>();

        services.AddAccounting(settings);
        services.AddEnforcement(settings);

        // In this order: schema and table before anything else starts; servers before those that ask them. At the stop in the opposite
        // one: what ends sessions, then what reports it, and the writer last, after all that still writes.
        services.AddHostedService<GatewayCoreStartup>();
        services.AddHostedService(provided => provided.GetRequiredService<GatewayWriter>());
        services.AddHostedService(provided => provided.GetRequiredService<PolicyUpkeep>());
        services.AddHostedService(provided => provided.GetRequiredService<RuntimeSettings>());
        services.AddLogin(settings);
        services.AddHostedService<AccountingSender>();
        services.AddHostedService<SessionBoundary>();
        services.FollowLeases();
        services.StartEnforcement();
        services.AddHostedService<DeviceBypass>();
        services.AddHostedService<InterimReporter>();
        services.AddHostedService<SessionSweeper>();
        services.AddHostedService<SessionRetention>();
        services.AddCoa(settings);
        services.AddAdministration();
        services.AddInsight(settings);
        return services.AddSearch();
    }

    private static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditLog>();
        services.AddSingleton<RecentActs>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<AuditVerification>();
    }

    private static void AddPolicy(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<PolicyOptions>().Bind(settings.GetSection(PolicyOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PolicyOptions>, PolicyOptionsValidator>();
        services.AddSingleton<PolicyBook>();
        services.AddSingleton(provided => new DeviceKnowledge(provided.GetRequiredService<IOptions<EnforcementOptions>>().Value.LanInterfaces.Count > 0));
        services.AddSingleton<PolicyStore>();
        services.AddSingleton<DecisionLog>();
        services.AddSingleton<PolicyUpkeep>();
    }

    private static void AddRuntimeSettings(this IServiceCollection services)
    {
        services.AddSingleton<SettingStore>();
        services.AddSingleton(provided => SessionRuntimeSettings.Of(provided.GetRequiredService<SessionSettings>()));
        services.AddSingleton<RuntimeSettings>();
    }
}
