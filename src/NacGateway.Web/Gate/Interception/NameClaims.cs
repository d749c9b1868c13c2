using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using NacGateway.Core.Sessions;
using NacGateway.Web.Gate.Forwarding;

namespace NacGateway.Web.Gate.Interception;

/// <summary>
/// Judges the names of requests on intercepted connections. The kernel knows the address, the name is what the client says: it may close
/// what is open, and opens something only where the name service gives it that address.
/// </summary>
internal sealed class NameClaims(INameResolver names, RoleReach reach, OwnEndPoints own, TimeProvider time, IOptions<GateOptions> options)
{
    /// <summary>True for a connection to this machine.</summary>
    public bool IsOwn(OriginalDestination original) => own.IsOwn(original.EndPoint.Address);

    /// <summary>True where the address is one of the host's.</summary>
    /// <param name="host">Name or address without brackets.</param>
    /// <param name="address">Where the connection was going.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async ValueTask<bool> HoldsAsync(string host, IPAddress address, CancellationToken cancellationToken)
    {
        var key = ClientKey.From(address);
        if (IPAddress.TryParse(host, out var literal))
        {
            return ClientKey.From(literal) == key;
        }

        using var limit = new CancellationTokenSource(options.Value.ConnectTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return (await names.ResolveAsync(host, both.Token)).Any(found => ClientKey.From(found) == key);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // A name that nobody vouches for is a claim and no more.
            return false;
        }
    }

    /// <summary>Whether the roles of a session open what a request asks for: its address, and its name where that is one of the address's.</summary>
    public async ValueTask<bool> OpensAsync(string role, Destination destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (destination.Original is not { } original)
        {
            return reach.Allows(role, destination.Host, destination.Port);
        }

        var name = destination.Host.Trim('[', ']');
        return reach.Allows(role, name, original.Address, original.Port)
            && (reach.Allows(role, original.Address.ToString(), original.Address, original.Port) || await HoldsAsync(name, original.Address, cancellationToken));
    }
}
