using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>
/// What the kernel's neighbour table holds now behind the interfaces that are watched: as large as that table, which the kernel bounds
/// (gc_thresh3). Safe for concurrent use.
/// </summary>
internal sealed class NeighbourBook
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, string> _links = [];
    private Dictionary<(int Link, ClientKey Address), MacAddress> _entries = [];

    /// <summary>Numbers of the interfaces that are there.</summary>
    public IReadOnlyList<int> Links
    {
        get
        {
            lock (_lock)
            {
                return [.. _links.Keys];
            }
        }
    }

    /// <summary>The name of an interface that is watched; null for another.</summary>
    public string? NameOf(int link)
    {
        lock (_lock)
        {
            return _links.GetValueOrDefault(link);
        }
    }

    /// <summary>Whether the kernel has an entry for the address that names this device.</summary>
    public bool Names(ClientKey address, MacAddress mac)
    {
        lock (_lock)
        {
            return _links.Keys.Any(link => _entries.TryGetValue((link, address), out var found) && found == mac);
        }
    }

    /// <returns>Whether it was not there, or under another name.</returns>
    public bool Add(NetworkLink link)
    {
        lock (_lock)
        {
            var isNew = !string.Equals(_links.GetValueOrDefault(link.Number), link.Name, StringComparison.Ordinal);
            _links[link.Number] = link.Name;
            return isNew;
        }
    }

    /// <returns>The name that it had; null where it was not watched.</returns>
    public string? Remove(int link)
    {
        lock (_lock)
        {
            if (!_links.Remove(link, out var name))
            {
                return null;
            }

            foreach (var key in _entries.Keys.Where(key => key.Link == link).ToList())
            {
                _entries.Remove(key);
            }

            return name;
        }
    }

    /// <summary>Takes note of an entry.</summary>
    /// <returns>Whether it names a device that it did not name before.</returns>
    public bool Note(int link, ClientKey address, MacAddress? mac)
    {
        lock (_lock)
        {
            if (mac is not { } device)
            {
                _entries.Remove((link, address));
                return false;
            }

            var isNew = !_entries.TryGetValue((link, address), out var before) || before != device;
            _entries[(link, address)] = device;
            return isNew;
        }
    }

    /// <summary>Lets go of the entries that a whole reading of the kernel's table has not shown.</summary>
    public void KeepOnly(IReadOnlyCollection<Neighbour> read)
    {
        lock (_lock)
        {
            Dictionary<(int, ClientKey), MacAddress> kept = [];
            foreach (var neighbour in read)
            {
                if (_entries.TryGetValue((neighbour.Link, neighbour.Address), out var device))
                {
                    kept[(neighbour.Link, neighbour.Address)] = device;
                }
            }

            _entries = kept;
        }
    }
}
