using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NacGateway.Web.Gate;
using NacGateway.Web.Portal.Api;
using NacGateway.Web.Portal.Forms;
using NacGateway.Web.Portal.Pipeline;

namespace NacGateway.Web.Portal;

/// <summary>Registers the portal.</summary>
internal static class PortalServices
{
    /// <summary>Adds the portal; Core and the gate must be registered too.</summary>
    public static IServiceCollection AddPortal(this IServiceCollection services, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        services.AddOptions<PortalOptions>().Bind(settings.GetSection(PortalOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PortalOptions>, PortalOptionsAttributesValidator>();
        services.AddSingleton<IValidateOptions<PortalOptions>, PortalOptionsValidator>();
        services.AddSingleton<PortalSettings>();
        services.AddSingleton(provided => PortalRuntimeSettings.Of(provided.GetRequiredService<PortalSettings>()));
        services.TryAddSingleton<PortalLink>();
        services.TryAddSingleton<ClientAddress>();
        services.AddSingleton<FormTokens>();
        services.AddSingleton<FormRefusals>();
        services.AddSingleton<SubmissionLedger>();
        services.AddSingleton<PendingChallenges>();
        services.AddSingleton<PageWriter>();
        services.AddSingleton<SignInPages>();
        services.AddSingleton<ChallengePages>();
        services.AddSingleton<SessionPages>();
        services.AddSingleton<HelpPages>();
        services.AddSingleton<CaptivePortalApi>();
        services.AddSingleton<PortalRoutes>();
        services.AddSingleton<PortalEndpoint>();
        return services;
    }
}
