using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace NacGateway.Core.Sessions;

/// <summary>
/// Who holds which address, in memory: what the kernel's neighbour table, DHCP servers and first packets have told. The last word counts,
/// for addresses move; but not every word may take an address from another device (<see cref="MayTake"/>). Safe for concurrent use; who is
/// told of a change must be quick and not throw.
/// </summary>
public sealed class LeaseTable(TimeProvider time)
{
    /// <summary>How long a device that answered for an address has it whatever a DHCP server writes: its own word is newer than the file's.</summary>
    internal static readonly TimeSpan Answered = TimeSpan.FromMinutes(2);

    /// <summary>Addresses of one device: an IPv4 address and those that IPv6 gives out over a few days. Beyond them the oldest go.</summary>
    internal const int MostAddresses = 32;

    /// <summary>All together: several times what the largest neighbour table holds by default.</summary>
    internal const int MostLeases = 262_144;

    private readonly Lock _lock = new();
    private readonly Dictionary<ClientKey, Holding> _byAddress = [];
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
            lease = _byAddress.GetValueOrDefault(address).Lease;
            return lease is not null;
        }
    }

    /// <summary>The addresses that a device holds, that first which was heard of longest ago.</summary>
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
            return [.. _byAddress.Values.Select(holding => holding.Lease)];
        }
    }

    /// <summary>The leases of which nothing was heard for so long.</summary>
    internal IReadOnlyList<Lease> Unheard(TimeSpan since)
    {
        lock (_lock)
        {
            return [.. _byAddress.Values.Where(holding => time.GetElapsedTime(holding.HeardAt) >= since).Select(holding => holding.Lease)];
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

    /// <summary>Takes note of who holds an address now, unless the word is too weak.</summary>
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
            var holding = _byAddress.GetValueOrDefault(lease.Address);
            var before = holding.Lease;
            if (!MayTake(lease, holding) || (before is null && _byAddress.Count >= MostLeases))
            {
                return false;
            }

            Hold(lease, holding);
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
            if (!_byAddress.Remove(address, out var holding))
            {
                return false;
            }

            Unlink(holding.Lease);
            _followers?.Invoke(new LeaseChange(address, Now: null, holding.Lease));
            return true;
        }
    }

    /// <summary>
    /// Whether a word may name a holder. That of the device itself always may (ARP, Neighbor Discovery). A DHCP server's may not while another
    /// device answers for the address. A packet's may name nobody but a device that is known already, and only for an address that nobody
    /// has: whoever writes a false source address into a packet must not come by another's session, nor keep its owner out.
    /// </summary>
    private bool MayTake(Lease lease, Holding holding)
    {
        if (holding.Lease is { } before && before.Mac != lease.Mac)
        {
            return lease.Source == LeaseSource.Neighbour
                || (lease.Source == LeaseSource.Dhcp && (holding.AnsweredAt is not { } answered || time.GetElapsedTime(answered) >= Answered));
        }

        return lease.Source != LeaseSource.FirstPacket || _byMac.ContainsKey(lease.Mac);
    }

    private void Hold(Lease lease, Holding holding)
    {
        var now = time.GetTimestamp();
        var answered = lease.Source == LeaseSource.Neighbour ? now : (long?)null;
        if (holding.Lease is { } before && before.Mac == lease.Mac)
        {
            // The stronger word stays, and what it knew.
            lease = lease with { Source = lease.Source == LeaseSource.Neighbour ? lease.Source : before.Source, Interface = lease.Interface ?? before.Interface };
            answered ??= holding.AnsweredAt;
            if (_byMac[lease.Mac] is var held && held[^1] != lease.Address)
            {
                _byMac[lease.Mac] = held.Remove(lease.Address).Add(lease.Address);
            }
        }

        _byAddress[lease.Address] = new Holding(lease, answered, now);
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

    /// <param name="Lease">Who has the address; null in the one that stands for nobody.</param>
    /// <param name="AnsweredAt">When the device itself last spoke for the address; null for never.</param>
    /// <param name="HeardAt">When anything last did.</param>
    private readonly record struct Holding(Lease Lease, long? AnsweredAt, long HeardAt);
}
