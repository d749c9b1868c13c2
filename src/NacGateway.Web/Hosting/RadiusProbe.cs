using Microsoft.Extensions.Options;
using NacGateway.Core.Authentication;
using NacGateway.Web.Admin;

namespace NacGateway.Web.Hosting;

/// <summary>Whether there is a RADIUS server to ask. Whether it answers is seen at sign-in, and is not this gateway's readiness.</summary>
internal sealed class RadiusProbe(IOptions<RadiusOptions> options) : IReadinessProbe
{
    public Task<ReadinessCheck> LookAsync(CancellationToken cancellationToken) => Task.FromResult(
        options.Value.Servers.Count > 0
            ? new ReadinessCheck("radius", IsReady: true, $"{options.Value.Servers.Count} configured")
            : new ReadinessCheck("radius", IsReady: false, "no server; set Radius:Servers:0"));
}
