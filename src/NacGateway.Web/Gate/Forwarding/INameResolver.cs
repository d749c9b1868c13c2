using System.Net;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>Asks the name service; a seam, since no test may own the world's names.</summary>
internal interface INameResolver
{
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}
