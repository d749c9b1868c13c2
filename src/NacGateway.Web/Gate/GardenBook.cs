using Microsoft.Extensions.Options;

namespace NacGateway.Web.Gate;

/// <summary>Holds the walled garden in force; a change swaps the whole.</summary>
internal sealed class GardenBook(IOptions<WalledGardenOptions> options)
{
    private volatile WalledGarden _current = new(options.Value.Hosts);

    /// <summary>The entries that the configuration has.</summary>
    public IEnumerable<string> Configured => options.Value.Hosts;

    /// <summary>The garden in force.</summary>
    public WalledGarden Current
    {
        get => _current;
        set => _current = value;
    }
}
