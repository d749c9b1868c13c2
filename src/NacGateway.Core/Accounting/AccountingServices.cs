using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Accounting;

/// <summary>Registers accounting. The servers that take it are registered where they are known.</summary>
internal static class AccountingServices
{
    public static void AddAccounting(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<AccountingOptions>().Bind(settings.GetSection(AccountingOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccountingOptions>, AccountingOptionsValidator>();
        services.AddSingleton(provided => new AccountingOutbox(provided.GetRequiredService<GatewayIdentity>(), provided.GetRequiredService<IOptions<AccountingOptions>>().Value.Enabled));
        services.AddSingleton<OutboxStore>();
        services.AddSingleton<SetAsideRecords>();
        services.AddSingleton<AccountingProgress>();
        services.AddSingleton<AccountingJournal>();
        services.AddSingleton<AccountingAnnouncement>();
        services.AddSingleton(provided => new AccountingMetrics(provided.GetRequiredService<IMeterFactory>(), provided.GetRequiredService<AccountingProgress>(), provided.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provided => new AccountingHealth(
            provided.GetRequiredService<AccountingOutbox>(),
            provided.GetRequiredService<OutboxStore>(),
            provided.GetRequiredService<IAccountingServers>(),
            provided.GetRequiredService<AccountingProgress>()));
    }
}
