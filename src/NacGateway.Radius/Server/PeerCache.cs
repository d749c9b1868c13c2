using System.Net;

namespace NacGateway.Radius.Server;

/// <summary>
/// The addresses that datagrams came from lately, in the two shapes that are needed, so that none is made anew for each datagram.
/// Bounded. Not safe for concurrent use; what it gives out is never changed.
/// </summary>
internal sealed class PeerCache(EndPoint local)
{
    private const int Capacity = 1024;
    private readonly Dictionary<SocketAddress, Peer> _peers = [];

    /// <summary>The peer of an address that the socket has filled in.</summary>
    public Peer Of(SocketAddress address)
    {
        if (_peers.TryGetValue(address, out Peer? known))
        {
            return known;
        }

        if (_peers.Count == Capacity)
        {
            // Forged sources may fill it; to begin anew costs no more than not to keep them.
            _peers.Clear();
        }

        var copy = new SocketAddress(address.Family, address.Size);
        address.Buffer.Span[..address.Size].CopyTo(copy.Buffer.Span);
        var remote = (IPEndPoint)local.Create(copy);
        IPEndPoint source = remote.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(remote.Address.MapToIPv4(), remote.Port) : remote;
        var peer = new Peer(source, copy);
        _peers.Add(copy, peer);
        return peer;
    }

    /// <summary>One sender.</summary>
    /// <param name="Source">Address and port; IPv4 is never in IPv6 clothes.</param>
    /// <param name="Address">As the socket wants it.</param>
    internal sealed record Peer(IPEndPoint Source, SocketAddress Address);
}
