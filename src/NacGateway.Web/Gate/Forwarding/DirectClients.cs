using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using NacGateway.Core.Policy;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>
/// The pools of connections to destinations: one for sessions without a role, one for each role. A connection that one role may have
/// must not serve a request of another that may not, and those that were dialled under other rules serve nobody any more.
/// </summary>
internal sealed class DirectClients(DestinationDialer dialer, RoleReach reach, TimeSpan connectTimeout) : IDisposable
{
    private readonly HttpMessageInvoker _free = Create(dialer, role: null, connectTimeout);
    private volatile Generation _roles = new(reach.Policy);

    /// <summary>The pool for a session's roles.</summary>
    public HttpMessageInvoker Of(string? role)
    {
        if (role is null)
        {
            return _free;
        }

        var roles = _roles;
        if (!ReferenceEquals(roles.Policy, reach.Policy))
        {
            // Not disposed of: requests are under way in them. Without new ones they close what is idle and are collected.
            _roles = roles = new Generation(reach.Policy);
        }

        return roles.Clients.GetOrAdd(role, static (name, owner) => Create(owner.Dialer, name, owner.ConnectTimeout), (Dialer: dialer, ConnectTimeout: connectTimeout));
    }

    public void Dispose()
    {
        _free.Dispose();
        foreach (var client in _roles.Clients.Values)
        {
            client.Dispose();
        }
    }

    private static HttpMessageInvoker Create(DestinationDialer dialer, string? role, TimeSpan connectTimeout)
    {
        var handler = CreateHandler(dialer, role, connectTimeout);
        HeaderOctets.Keep(handler);
        return new HttpMessageInvoker(handler);
    }

    private static SocketsHttpHandler CreateHandler(DestinationDialer dialer, string? role, TimeSpan connectTimeout) => new()
    {
        // The system's proxy setting, cookies and trace ids are the gateway's own and none of the client's business.
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        ConnectTimeout = connectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        ConnectCallback = async (context, cancellationToken) => await dialer.DialAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, role, cancellationToken),
    };

    private sealed record Generation(AccessPolicy Policy)
    {
        public ConcurrentDictionary<string, HttpMessageInvoker> Clients { get; } = new(StringComparer.Ordinal);
    }
}
