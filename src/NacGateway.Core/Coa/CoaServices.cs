using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace NacGateway.Core.Coa;

/// <summary>Registers dynamic authorization. Storage, sessions and sign-in must be there, and their start must come first.</summary>
public static class CoaServices
{
    /// <summary>Adds the listener and what it needs.</summary>
    public static IServiceCollection AddCoa(this IServiceCollection services, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        services.AddOptions<CoaOptions>().Bind(settings.GetSection(CoaOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CoaOptions>, CoaOptionsValidator>();
        services.AddSingleton<NasNames>();
        services.AddSingleton<SessionMatcher>();
        services.AddSingleton<CoaGuard>();
        services.AddSingleton<CoaLedger>();
        services.AddSingleton<DisconnectHandler>();
        services.AddSingleton<ChangeHandler>();
        services.AddSingleton<AuthorizeOnlyHandler>();
        services.AddSingleton<CoaActions>();
        services.AddSingleton(provided => new CoaMetrics(provided.GetRequiredService<IMeterFactory>()));
        services.AddSingleton<CoaJournal>();
        services.AddSingleton<CoaHandler>();
        services.AddSingleton(provided => new CoaListener(
            provided.GetRequiredService<IOptions<CoaOptions>>(),
            provided.GetRequiredService<CoaHandler>(),
            provided.GetRequiredService<CoaLedger>(),
            provided.GetRequiredService<TimeProvider>(),
            provided.GetRequiredService<ILogger<CoaListener>>()));
        services.AddHostedService(provided => provided.GetRequiredService<CoaListener>());
        return services;
    }
}
