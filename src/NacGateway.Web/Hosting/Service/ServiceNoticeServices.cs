using Microsoft.Extensions.Hosting.Systemd;

namespace NacGateway.Web.Hosting.Service;

/// <summary>Registers what the service manager is told.</summary>
internal static class ServiceNoticeServices
{
    /// <summary>Adds it. Without a service manager that listens (NOTIFY_SOCKET) nothing is sent.</summary>
    public static IServiceCollection AddServiceNotices(this IServiceCollection services)
    {
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        services.AddSingleton<Liveness>();
        services.AddHostedService<ServiceNotices>();
        return services;
    }
}
