using Microsoft.Extensions.Options;
using NacGateway.Core.Enforcement;

namespace NacGateway.Web.Gate;

/// <summary>Holds the walled garden in force; a change swaps the whole.</summary>
internal sealed class GardenBook
{
    private readonly IList<string> _configured;
    private readonly GardenAddresses _below;
    private volatile WalledGarden _current;

    public GardenBook(IOptions<WalledGardenOptions> options, GardenAddresses below)
    {
        _configured = options.Value.Hosts;
        _below = below;
        _current = Take(_configured);
    }

    /// <summary>The entries that the configuration has.</summary>
    public IEnumerable<string> Configured => _configured;

    /// <summary>The garden in force.</summary>
    public WalledGarden Current => _current;

    /// <summary>Puts other entries in force, at the gate and below.</summary>
    public void Set(IReadOnlyList<string> entries) => _current = Take(entries);

    private WalledGarden Take(IEnumerable<string> entries)
    {
        _below.Set(entries);
        return new WalledGarden(entries);
    }
}
