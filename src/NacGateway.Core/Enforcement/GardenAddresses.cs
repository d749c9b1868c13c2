using System.Collections.Immutable;
using NacGateway.Core.Policy;

namespace NacGateway.Core.Enforcement;

/// <summary>The walled garden as the kernel and the resolver need it; whoever holds the garden puts it here, and a change swaps the whole.</summary>
public sealed class GardenAddresses
{
    private volatile Entries _current = new([], []);

    /// <summary>Names as the settings have them: <c>pay.example</c>, <c>*.pay.example</c>.</summary>
    public ImmutableArray<string> Names => _current.Names;

    internal ImmutableArray<NetworkPrefix> Prefixes => _current.Prefixes;

    /// <summary>Puts a garden in force.</summary>
    public void Set(IEnumerable<string> hosts)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        var names = ImmutableArray.CreateBuilder<string>();
        var prefixes = ImmutableArray.CreateBuilder<NetworkPrefix>();
        foreach (var host in hosts)
        {
            if (NetworkPrefix.TryParse(host, out var prefix))
            {
                prefixes.Add(prefix);
            }
            else
            {
                names.Add(host);
            }
        }

        _current = new Entries(names.DrainToImmutable(), prefixes.DrainToImmutable());
    }

    private sealed record Entries(ImmutableArray<string> Names, ImmutableArray<NetworkPrefix> Prefixes);
}
