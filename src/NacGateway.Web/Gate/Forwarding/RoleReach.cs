using System.Net;
using NacGateway.Core.Policy;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>
/// Says which destinations the roles of a session open. Asked by name for every request, which a pooled connection does not dial anew,
/// and by address for every connection. It only narrows what <see cref="DestinationGuard"/> opens.
/// </summary>
internal sealed class RoleReach(PolicyBook policies)
{
    /// <summary>The rules that the answers come from; another object after each change of them.</summary>
    public AccessPolicy Policy => policies.Current;

    /// <summary>Whether a request that names no host that could be judged must go no further: a route would lead it on all the same.</summary>
    public bool Bounds(string? role) => role is not null && Policy.Bounds(role);

    /// <summary>Whether a host, as a request names it, may be asked for; where that depends on its address, true.</summary>
    public bool Allows(string? role, string host, int port)
    {
        var name = host.Trim('[', ']');
        return role is null || (IPAddress.TryParse(name, out var address) ? Allows(role, name, address, port) : Policy.Allows(role, name, address: null, port));
    }

    /// <summary>Whether this address of a host may be connected to.</summary>
    /// <param name="role">The session's; null opens all.</param>
    /// <param name="name">The host without brackets.</param>
    /// <param name="address">One of its addresses.</param>
    /// <param name="port">The port.</param>
    public bool Allows(string? role, string name, IPAddress address, int port) =>
        role is null
        || (Policy.Allows(role, name, address, port)
            && (DestinationGuard.Translated(address) is not { } within || Policy.Allows(role, name, within, port)));
}
