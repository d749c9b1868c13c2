using NacGateway.Core.Sessions;
using NacGateway.Web.Admin;

namespace NacGateway.Web.Hosting.Probes;

/// <summary>Whether the table of open sessions has been rebuilt. The host opens no listener before, so whoever can ask gets yes.</summary>
internal sealed class SessionsProbe(SessionTable table, IHostApplicationLifetime lifetime) : IReadinessProbe
{
    public Task<ReadinessCheck> LookAsync(CancellationToken cancellationToken)
    {
        var stopping = lifetime.ApplicationStopping.IsCancellationRequested;
        return Task.FromResult(new ReadinessCheck("sessions", !stopping, stopping ? "the gateway is stopping" : $"restored, {table.Count} open"));
    }
}
