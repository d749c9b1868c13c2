using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Core.Audit;
using NacGateway.Core.Authentication;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Administration;

/// <summary>Registers accounts, keys and sessions of administrators. Storage, audit trail and sign-in must be there.</summary>
public static class AdministrationServices
{
    /// <summary>Adds them. The host adds a <see cref="SecretBox"/>.</summary>
    public static IServiceCollection AddAdministration(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<AdministratorAccounts>();
        services.AddSingleton<IAuditWitness, AccessWitness>();
        services.AddSingleton<AdminSessions>();
        services.AddSingleton<AdminPreferences>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton(provided => new KeyGuesses(provided.GetRequiredService<IOptions<ThrottleOptions>>(), provided.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provided => new AdminRadius(
            provided.GetRequiredService<RadiusServers>(),
            provided.GetRequiredService<AccessRequestFactory>(),
            provided.GetRequiredService<IOptions<RadiusOptions>>(),
            provided.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provided => new AdminThrottle(new LoginThrottle(
            provided.GetRequiredService<GatewayWriter>(),
            provided.GetRequiredService<IDbContextFactory<GatewayDbContext>>(),
            provided.GetRequiredService<IOptions<ThrottleOptions>>(),
            provided.GetRequiredService<TimeProvider>(),
            provided.GetRequiredService<ILogger<LoginThrottle>>())
        { Keys = ThrottleKeys.Desk }));
        services.AddSingleton<AuditTally>();
        services.AddHostedService(provided => provided.GetRequiredService<AuditTally>());
        return services;
    }
}
