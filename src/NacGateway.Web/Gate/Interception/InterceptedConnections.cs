using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Options;
using NacGateway.Core.Sessions;
using NacGateway.Web.Gate.Forwarding;

namespace NacGateway.Web.Gate.Interception;

/// <summary>The step in the gate's listener that finds out which connections the kernel led here, and where they were going.</summary>
internal sealed class InterceptedConnections(OwnEndPoints own, IOptions<GateOptions> options)
{
    private readonly bool _transparent = options.Value.Transparent;
    private readonly int _port = IPEndPoint.Parse(options.Value.Listen).Port;
    private readonly AddressPrefix[] _senders = [.. options.Value.ProxyProtocolFrom.Select(AddressPrefix.Parse)];

    public ConnectionDelegate Serve(ConnectionDelegate next) => connection =>
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket && connection.LocalEndPoint is IPEndPoint local && !IsRelayed(socket)
            && Find(SocketDestination.Find(socket, Plain(local).AddressFamily), Plain(local)) is { } original)
        {
            connection.Features.Set(new OriginalDestination(original));
        }

        return next(connection);
    };

    /// <summary>Decides from what the kernel says.</summary>
    /// <param name="tracked">What connection tracking has; null for nothing.</param>
    /// <param name="local">The socket's own end.</param>
    /// <returns>Null for a client that connected to the gate itself.</returns>
    public IPEndPoint? Find(IPEndPoint? tracked, IPEndPoint local)
    {
        ArgumentNullException.ThrowIfNull(local);
        if (tracked is not null && (tracked.Port != local.Port || ClientKey.From(tracked.Address) != ClientKey.From(local.Address)))
        {
            return tracked;
        }

        // TPROXY changes nothing: the socket's own end is where the client was going, an address or a port at which nobody listens here.
        return _transparent && ((_port != 0 && local.Port != _port) || !own.IsOwn(local.Address)) ? local : null;
    }

    /// <summary>A proxy that speaks for clients has connected on purpose, whatever rule its connection met.</summary>
    private bool IsRelayed(Socket socket) =>
        _senders.Length != 0 && socket.RemoteEndPoint is IPEndPoint sender && AddressPrefix.AnyContains(_senders, sender.Address);

    private static IPEndPoint Plain(IPEndPoint endPoint) =>
        endPoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endPoint.Address.MapToIPv4(), endPoint.Port) : endPoint;
}
