using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace NacGateway.Radius.Server;

/// <summary>Finds the client that a source address belongs to: the longest prefix wins. Immutable, safe for concurrent use.</summary>
public sealed class NasTable
{
    private const int MappedPrefix = 96;
    private readonly (IPNetwork Network, NasEntry Entry)[] _entries;

    /// <summary>A table of these clients.</summary>
    /// <param name="entries">The clients in any order; of two with the same prefix the first one counts.</param>
    /// <exception cref="ArgumentException">A client has no secret: MD5 over an empty secret proves nothing.</exception>
    public NasTable(IEnumerable<NasEntry> entries)
    {
        _entries = [.. entries.Select(entry => (Normalise(entry.Network), entry)).OrderByDescending(pair => pair.Item1.PrefixLength)];
        if (_entries.FirstOrDefault(pair => pair.Entry.Secret.IsEmpty).Entry is { } bare)
        {
            throw new ArgumentException($"The RADIUS client {bare} has an empty secret; give it one.", nameof(entries));
        }
    }

    /// <summary>Finds the client of a source address.</summary>
    /// <param name="source">The address; an IPv4 address in IPv6 clothes (<c>::ffff:a.b.c.d</c>) counts as IPv4.</param>
    /// <param name="entry">The client, or null.</param>
    /// <returns>Whether the address belongs to one.</returns>
    public bool TryFind(IPAddress source, [NotNullWhen(true)] out NasEntry? entry)
    {
        IPAddress address = source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source;
        foreach ((IPNetwork network, NasEntry candidate) in _entries)
        {
            if (network.Contains(address))
            {
                entry = candidate;
                return true;
            }
        }

        entry = null;
        return false;
    }

    private static IPNetwork Normalise(IPNetwork network) =>
        network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= MappedPrefix
            ? new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - MappedPrefix)
            : network;
}
