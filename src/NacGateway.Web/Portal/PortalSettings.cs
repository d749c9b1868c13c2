using Microsoft.Extensions.Options;

namespace NacGateway.Web.Portal;

/// <summary>Holds what the pages say that is in force; a change swaps the whole. Addresses and listeners stay those of the configuration.</summary>
internal sealed class PortalSettings(IOptions<PortalOptions> options)
{
    private volatile PortalOptions _current = options.Value;

    /// <summary>As the configuration has them.</summary>
    public PortalOptions Configured => options.Value;

    /// <summary>As they are in force: never changed, only replaced.</summary>
    public PortalOptions Current
    {
        get => _current;
        set => _current = value;
    }
}
