using System.Net;
using NacGateway.Core.Enforcement.Netlink;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>
/// Says which device has an address, and asks the kernel where nothing is known: whoever has just connected was resolved a moment ago, and the
/// news of it may still be on their way. Safe for concurrent use.
/// </summary>
public sealed class DeviceLookup
{
    private readonly LeaseTable _leases;
    private readonly NeighbourBook _book;

    internal DeviceLookup(LeaseTable leases, NeighbourBook book) => (_leases, _book) = (leases, book);

    /// <summary>The device behind an address; null when it is not known, as of one behind another router.</summary>
    public MacAddress? Find(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (_leases.TryGet(address, out var lease))
        {
            return lease.Mac;
        }

        var links = _book.Links;
        if (links.Count == 0)
        {
            return null;
        }

        var asked = ClientKey.From(address);
        using var questions = NetlinkSocket.Open(NetlinkFamily.Route);
        foreach (var link in links)
        {
            // An error is the answer that there is no such entry.
            _ = questions.Ask(Neighbour.Question(link, asked.ToAddress()), Learn);
        }

        return _leases.TryGet(asked, out lease) ? lease.Mac : null;
    }

    private void Learn(NetlinkMessage message)
    {
        if (Neighbour.TryRead(message, out var neighbour) && neighbour.Mac is { } mac && _book.NameOf(neighbour.Link) is { } link)
        {
            _leases.Learn(new Lease(neighbour.Address, mac, link, LeaseSource.Neighbour));
        }
    }
}
