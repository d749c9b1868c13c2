using System.Net;

namespace NacGateway.Web.Gate;

/// <summary>Tells which destinations are open before sign-in. Immutable.</summary>
internal sealed class WalledGarden
{
    private readonly GardenName[] _names;
    private readonly AddressPrefix[] _addresses;

    public WalledGarden(IEnumerable<string> entries)
    {
        List<GardenName> names = [];
        List<AddressPrefix> addresses = [];
        foreach (var host in entries)
        {
            if (AddressPrefix.TryParse(host, out var prefix))
            {
                addresses.Add(prefix);
            }
            else if (GardenName.TryParse(host, out var name))
            {
                names.Add(name);
            }
        }

        _names = [.. names];
        _addresses = [.. addresses];
    }

    public bool IsEmpty => _names.Length == 0 && _addresses.Length == 0;

    /// <summary>True when a host, as a request names it and without its port, is in the garden.</summary>
    public bool Contains(ReadOnlySpan<char> host) =>
        ContainsName(host) || (_addresses.Length != 0 && IPAddress.TryParse(host.EndsWith('.') ? host[..^1] : host, out var address) && Contains(address));

    /// <summary>True when the garden has this address by itself or by a prefix.</summary>
    public bool Contains(IPAddress address) => AddressPrefix.AnyContains(_addresses, address);

    /// <summary>True when the garden has this name; addresses do not count.</summary>
    public bool ContainsName(ReadOnlySpan<char> host)
    {
        if (host.EndsWith('.'))
        {
            host = host[..^1];
        }

        foreach (var name in _names)
        {
            if (name.Matches(host))
            {
                return true;
            }
        }

        return false;
    }
}
