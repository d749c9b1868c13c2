using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NacGateway.Core;
using NacGateway.Core.Enforcement;
using NacGateway.Core.Storage;
using NacGateway.Migrations.PostgreSql;
using NacGateway.Migrations.Sqlite;
using NacGateway.Web.Admin;
using NacGateway.Web.Gate;
using NacGateway.Web.Hosting.Configuration;
using NacGateway.Web.Hosting.Listeners;
using NacGateway.Web.Hosting.Probes;
using NacGateway.Web.Observability;
using NacGateway.Web.Portal;

namespace NacGateway.Web.Hosting;

/// <summary>Composes the features; one line for each.</summary>
internal static class GatewayServices
{
    public static IServiceCollection AddGateway(this IServiceCollection services, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<MetricsCollector>();
        services.AddSingleton<MetricsPage>();
        services.AddTelemetry(settings);
        services.AddSingleton(provided => KernelCheck.Ports(provided.GetRequiredService<IOptions<GateOptions>>().Value, provided.GetRequiredService<IOptions<PortalOptions>>().Value));
        services.AddGatewayCore(settings, database => UseDatabase(database, settings));
        services.AddGate(settings);
        services.AddPortal(settings);
        services.AddAdmin(settings);
        services.AddHostedService<CertificateMetrics>();
        services.AddSingleton<IReadinessProbe, DatabaseProbe>();
        services.AddSingleton<IReadinessProbe, SessionsProbe>();
        services.AddSingleton<IReadinessProbe, RadiusProbe>();
        services.AddSingleton<IReadinessProbe, AccountingProbe>();
        if (string.Equals(settings[$"{EnforcementOptions.Section}:{nameof(EnforcementOptions.Mode)}"], nameof(EnforcementMode.Nftables), StringComparison.OrdinalIgnoreCase))
        {
            services.AddSingleton<IReadinessProbe, EnforcementProbe>();
        }

        services.AddOptions<LimitsOptions>().Bind(settings.GetSection(LimitsOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddLogLevels(settings);
    }

    /// <summary>The storage settings as they stand; their validator has its say elsewhere.</summary>
    public static StorageOptions Storage(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
    }

    private static void UseDatabase(DbContextOptionsBuilder database, IConfiguration settings)
    {
        var storage = Storage(settings);
        switch (storage.Provider)
        {
            case StorageProvider.PostgreSql:
                PostgreSqlStorage.Use(database, storage.EffectiveConnectionString);
                break;
            default:
                SqliteStorage.Use(database, storage.EffectiveConnectionString);
                break;
        }
    }
}
