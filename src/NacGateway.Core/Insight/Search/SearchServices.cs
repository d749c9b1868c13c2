using Microsoft.Extensions.DependencyInjection;

namespace NacGateway.Core.Insight.Search;

/// <summary>Registers the searches, and what is done to sessions that were found.</summary>
internal static class SearchServices
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services.AddSingleton<SessionSearch>()
        .AddSingleton<Acts.GrantedLimits>()
        .AddSingleton<Acts.SessionChanges>()
        .AddSingleton(provided => new Acts.SessionActs(
            provided.GetRequiredService<Sessions.SessionTable>(),
            provided.GetRequiredService<Sessions.SessionManager>(),
            provided.GetRequiredService<Acts.SessionChanges>(),
            provided.GetRequiredService<SessionSearch>(),
            provided.GetRequiredService<TimeProvider>()));
}
