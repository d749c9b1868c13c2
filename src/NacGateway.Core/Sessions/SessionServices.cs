using Microsoft.Extensions.DependencyInjection;
using NacGateway.Core.Accounting;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>Registers sessions; what runs by itself is started by whoever knows the order.</summary>
internal static class SessionServices
{
    public static void AddSessions(this IServiceCollection services)
    {
        services.AddSingleton<SessionSettings>();
        services.AddSingleton<SessionTerms>();
        services.AddSingleton<SessionTable>();
        services.AddSingleton<LeaseTable>();
        services.AddSingleton<SessionMetrics>();
        services.AddSingleton<SessionRestore>();
        services.AddSingleton<SessionFeed>();
        services.AddSingleton<SessionJournal>();
        services.AddSingleton<SessionStates>();
        services.AddSingleton<PastSessions>();
        services.AddSingleton<ClientArrivals>();

        services.AddSingleton(provided => new SessionManager(
            provided.GetRequiredService<GatewayWriter>(),
            provided.GetRequiredService<SessionTable>(),
            provided.GetRequiredService<AccountingOutbox>(),
            provided.GetRequiredService<SessionSettings>(),
            provided.GetRequiredService<TimeProvider>(),
            provided.GetRequiredService<SessionJournal>()));
        services.AddSingleton<SessionInterims>();
    }
}
