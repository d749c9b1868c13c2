using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>
/// Connects to a client's destination: resolves once, has every address checked, and dials exactly those addresses. A name that answers
/// differently the second time (DNS rebinding) is not asked a second time.
/// </summary>
internal sealed class DestinationDialer(INameResolver names, DestinationGuard guard, RoleReach reach, TimeProvider time, IOptions<GateOptions> options)
{
    /// <param name="host">Name or address, an IPv6 one in brackets or not.</param>
    /// <param name="port">The port.</param>
    /// <param name="role">The session's roles; null opens all that the guard opens.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="DestinationRefusedException">One of the addresses is refused: a name that points inwards at all is not trusted.</exception>
    /// <exception cref="SocketException">The name is unknown or nobody answers.</exception>
    public async Task<NetworkStream> DialAsync(string host, int port, string? role, CancellationToken cancellationToken)
    {
        var name = host.Trim('[', ']');
        var addresses = IPAddress.TryParse(name, out var literal) ? [literal] : await names.ResolveAsync(name, cancellationToken);
        foreach (var address in addresses)
        {
            if (!guard.Allows(address, port))
            {
                throw new DestinationRefusedException(name, port, address, RefusalReason.Address);
            }

            if (!reach.Allows(role, name, address, port))
            {
                throw new DestinationRefusedException(name, port, address, RefusalReason.Role);
            }
        }

        // Each address gets its share of the time, so that a dead first one does not use up all of it.
        var share = options.Value.ConnectTimeout / Math.Max(1, addresses.Length);
        Exception? last = null;
        foreach (var resolved in addresses)
        {
            // An IPv6 socket does not reach ::ffff:a.b.c.d, which the guard has taken for a.b.c.d.
            var address = resolved.IsIPv4MappedToIPv6 ? resolved.MapToIPv4() : resolved;
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            using var limit = new CancellationTokenSource(share, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                await socket.ConnectAsync(address, port, both.Token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                socket.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
                last = exception is OperationCanceledException ? new TimeoutException($"{address} did not answer in time.", exception) : exception;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }
}
