using System.Net;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>Asks the system's resolver.</summary>
internal sealed class SystemNameResolver : INameResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
}
