using NacGateway.Core.Authentication;
using NacGateway.Core.Storage;
using NacGateway.Web.Observability.Syslog;

namespace NacGateway.Web.Observability;

/// <summary>Makes the instruments that are only ever looked at: without it they would not be there until a page that shows the same asked for them.</summary>
internal sealed class StandingInstruments(RadiusHealth radius, StorageMetrics storage, AuditMetrics audit, ProcessMetrics process, SyslogMetrics syslog) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(radius);
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(syslog);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
