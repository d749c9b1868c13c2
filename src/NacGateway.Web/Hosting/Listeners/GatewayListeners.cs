using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using NacGateway.Web.Desk;
using NacGateway.Web.Gate;
using NacGateway.Web.Hosting.Listeners.ProxyProtocol;
using NacGateway.Web.Portal;

namespace NacGateway.Web.Hosting.Listeners;

/// <summary>
/// One server, up to four listeners. Each marks its connections, and the mark alone decides which pipeline a request meets: a Host
/// header or a path cannot reach another listener's pages.
/// </summary>
internal sealed class GatewayListeners(IOptions<GateOptions> gate, IOptions<PortalOptions> portal, IOptions<AdminOptions> admin, IOptions<LimitsOptions> limits, ProxiedConnections proxied)
    : IConfigureOptions<KestrelServerOptions>
{
    private readonly List<BoundListener> _bound = [];

    /// <summary>The listeners in the order of their kinds; addresses are final once the server has started.</summary>
    public IReadOnlyList<BoundListener> Bound => _bound;

    public BoundListener? Find(ListenerKind kind) => _bound.Find(listener => listener.Kind == kind);

    public void Configure(KestrelServerOptions options)
    {
        ServerLimits.Apply(options, limits.Value);
        GateListener.Configure(options);
        Listen(options, ListenerKind.Gate, gate.Value.Listen, GateListener.Configure);
        Listen(options, ListenerKind.Portal, portal.Value.Listen, listener => listener.Protocols = HttpProtocols.Http1);
        if (!string.IsNullOrEmpty(portal.Value.ListenHttps))
        {
            var certificate = ListenerCertificate.Load(portal.Value.CertificateFile!, portal.Value.CertificateKeyFile!);
            Listen(options, ListenerKind.PortalHttps, portal.Value.ListenHttps, listener =>
            {
                listener.Protocols = HttpProtocols.Http1AndHttp2;
                listener.UseHttps(certificate.Apply);
            });
        }

        ListenAdmin(options, admin.Value);
    }

    /// <summary>The desk's pages follow several live feeds at once, for which HTTP/1.1 has too few connections a browser; HTTP/2 comes with TLS only.</summary>
    private void ListenAdmin(KestrelServerOptions options, AdminOptions desk)
    {
        var certificate = string.IsNullOrEmpty(desk.CertificateFile) ? null : ListenerCertificate.Load(desk.CertificateFile, desk.CertificateKeyFile!);
        Listen(options, ListenerKind.Admin, desk.Listen, listener =>
        {
            listener.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
            if (certificate is not null)
            {
                listener.UseHttps(certificate.Apply);
            }
        });
    }

    private void Listen(KestrelServerOptions options, ListenerKind kind, string address, Action<ListenOptions> configure)
    {
        var tag = new ListenerTag(kind);
        AddressPrefix[] proxies = [.. gate.Value.TrustedProxies.Select(AddressPrefix.Parse)];
        var connections = new ClientConnections(limits.Value.ConnectionsPerClient, address => AddressPrefix.AnyContains(proxies, address));
        var senders = Senders(kind);
        options.Listen(Reachable(IPEndPoint.Parse(address)), listener =>
        {
            // Before the count, which is then of the clients behind a proxy and not of the proxy; Limits:Connections holds for all of it.
            if (senders.Length != 0)
            {
                listener.Use(next => connection => proxied.ServeAsync(senders, next, connection));
            }

            listener.Use(next => connection => connections.ServeAsync(next, connection));
            listener.Use(next => connection => Tagged(next, connection, tag));
            configure(listener);
            var isHttps = kind == ListenerKind.PortalHttps || (kind == ListenerKind.Admin && !string.IsNullOrEmpty(admin.Value.CertificateFile));
            _bound.Add(new BoundListener(kind, isHttps ? "https" : "http", listener));
        });
    }

    /// <summary>Who speaks the PROXY protocol to a listener. Nobody to the desk's: its doors ask whether a visitor is of this machine.</summary>
    private AddressPrefix[] Senders(ListenerKind kind) => [.. (kind switch
    {
        ListenerKind.Gate => gate.Value.ProxyProtocolFrom,
        ListenerKind.Portal or ListenerKind.PortalHttps => portal.Value.ProxyProtocolFrom,
        _ => [],
    }).Select(AddressPrefix.Parse)];

    private static Task Tagged(ConnectionDelegate next, ConnectionContext connection, ListenerTag tag)
    {
        connection.Features.Set(tag);
        return next(connection);
    }

    /// <summary>The dual-stack default must also start where the kernel has no IPv6.</summary>
    private static IPEndPoint Reachable(IPEndPoint asked) =>
        asked.Address.Equals(IPAddress.IPv6Any) && !Socket.OSSupportsIPv6 ? new IPEndPoint(IPAddress.Any, asked.Port) : asked;
}
