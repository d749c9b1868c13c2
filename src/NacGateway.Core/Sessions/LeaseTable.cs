using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace NacGateway.Core.Sessions;

/// <summary>
/// Who holds which address, in memory: what the kernel's neighbour table, DHCP servers and first packets have told. The last word counts,
/// for addresses move. Safe for concurrent use; who is told of a change must be quick and not throw.
/// </summary>
public sealed class LeaseTable
{
    /// <summary>Addresses of one device: an IPv4 address and those that IPv6 gives out over a few days. Beyond them the oldest go.</summary>
    internal const int MostAddresses = 32;

    /// <summary>All together: several times what the largest neighbour table holds by default.</summary>
    internal const int MostLeases = 262_144;

    private readonly Lock _lock = new();
    private readonly Dictionary<ClientKey, Lease> _byAddress = [];
    private readonly Dictionary<MacAddress, ImmutableArray<ClientKey>> _byMac = [];

    private Action<LeaseChange>? _followers;

    /// <summary>Addresses that have a known holder.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _byAddress.Count;
            }
        }
    }

    /// <summary>Who holds an address.</summary>
    public bool TryGet(IPAddress address, [NotNullWhen(true)] out Lease? lease) => TryGet(ClientKey.From(address), out lease);

    /// <summary>Who holds an address.</summary>
    public bool TryGet(ClientKey address, [NotNullWhen(true)] out Lease? lease)
    {
        lock (_lock)
        {
            return _byAddress.TryGetValue(address, out lease);
        }
    }

    /// <summary>The addresses that a device holds, oldest first.</summary>
    public ImmutableArray<ClientKey> AddressesOf(MacAddress mac)
    {
        lock (_lock)
        {
            return _byMac.GetValueOrDefault(mac, []);
        }
    }

    /// <summary>All leases, a snapshot.</summary>
    public IReadOnlyList<Lease> Snapshot()
    {
        lock (_lock)
        {
            return [.. _byAddress.Values];
        }
    }

    /// <summary>Calls this after every change, on the thread that made it, in the order of the changes.</summary>
    internal void Follow(Action<LeaseChange> follower)
    {
        lock (_lock)
        {
            _followers += follower;
        }
    }

    /// <summary>Takes note of who holds an address now.</summary>
    /// <returns>Whether that is news: no holder was known, or another one.</returns>
    public bool Learn(Lease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        if (lease.Mac.IsGroupOrNone)
        {
            return false;
        }

        lock (_lock)
        {
            var before = _byAddress.GetValueOrDefault(lease.Address);
            if (before is null && _byAddress.Count >= MostLeases)
            {
                return false;
            }

            _byAddress[lease.Address] = lease;
            if (before?.Mac == lease.Mac)
            {
                return false;
            }

            if (before is not null)
            {
                Unlink(before);
            }

            var held = _byMac.GetValueOrDefault(lease.Mac, []);
            _byMac[lease.Mac] = held.Add(lease.Address);
            _followers?.Invoke(new LeaseChange(lease.Address, lease, before));
            if (held.Length >= MostAddresses)
            {
                Forget(held[0]);
            }

            return true;
        }
    }

    /// <summary>Takes note that nobody holds an address any more.</summary>
    /// <returns>Whether somebody did.</returns>
    public bool Forget(ClientKey address)
    {
        lock (_lock)
        {
            if (!_byAddress.Remove(address, out var before))
            {
                return false;
            }

            Unlink(before);
            _followers?.Invoke(new LeaseChange(address, Now: null, before));
            return true;
        }
    }

    private void Unlink(Lease lease)
    {
        var rest = _byMac.GetValueOrDefault(lease.Mac, []).Remove(lease.Address);
        if (rest.IsEmpty)
        {
            _byMac.Remove(lease.Mac);
        }
        else
        {
            _byMac[lease.Mac] = rest;
        }
    }
}
