using Microsoft.Extensions.Options;
using NacGateway.Core.Authentication;
using NacGateway.Web.Admin;

namespace NacGateway.Web.Hosting.Probes;

/// <summary>Whether there is a server to ask. It sends nothing: a server that is down is known by the sign-ins themselves.</summary>
internal sealed class RadiusProbe(IOptions<RadiusOptions> options) : IReadinessProbe
{
    public Task<ReadinessCheck> LookAsync(CancellationToken cancellationToken)
    {
        var count = options.Value.Servers.Count;
        return Task.FromResult(new ReadinessCheck("radius", count != 0, count == 0 ? "no server is configured; set Radius:Servers" : $"{count} configured"));
    }
}
