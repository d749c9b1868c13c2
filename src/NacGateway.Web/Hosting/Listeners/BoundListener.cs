using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace NacGateway.Web.Hosting.Listeners;

/// <summary>One listener: where it was asked to listen and, once the server has started, where it does.</summary>
internal sealed class BoundListener(ListenerKind kind, string scheme, ListenOptions options)
{
    public ListenerKind Kind => kind;

    /// <summary>The address in use; port 0 has become the port that the system gave.</summary>
    public IPEndPoint EndPoint => options.IPEndPoint!;

    /// <summary>A URL by which this machine reaches the listener.</summary>
    public Uri LocalUrl => new UriBuilder(scheme, LocalAddress(), EndPoint.Port).Uri;

    private string LocalAddress() =>
        EndPoint.Address.Equals(IPAddress.Any) || EndPoint.Address.Equals(IPAddress.IPv6Any) ? "127.0.0.1" : EndPoint.Address.ToString();

    public override string ToString() => $"{scheme}://{EndPoint}";
}
