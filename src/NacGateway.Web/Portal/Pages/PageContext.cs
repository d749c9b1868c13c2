using NacGateway.Core.Sessions;
using NacGateway.Web.Portal.Texts;

namespace NacGateway.Web.Portal.Pages;

/// <summary>What every page shows or needs for its links: language, site, and the device that asks.</summary>
public sealed class PageContext
{
    /// <summary>Language of the page.</summary>
    public required PortalLanguage Language { get; init; }

    /// <summary>Whether the person chose the language by <c>?lang=</c>; then links and forms carry it on.</summary>
    public required bool LanguageChosen { get; init; }

    /// <summary>The site's settings.</summary>
    public required PortalOptions Site { get; init; }

    /// <summary>The public address of the portal, without a slash at its end.</summary>
    public required string PublicUrl { get; init; }

    /// <summary>Host (and port) of <see cref="PublicUrl"/>: what a person types to come back.</summary>
    public required string PublicHost { get; init; }

    /// <summary>The client's address as text.</summary>
    public required string DeviceAddress { get; init; }

    /// <summary>The client's MAC address, when a session knows it.</summary>
    public string? HardwareAddress { get; init; }

    /// <summary>Whether the device made that up, as phones do for each network.</summary>
    public bool HasPrivateHardwareAddress => MacAddress.TryParse(HardwareAddress, out var mac) && mac.IsLocallyAdministered;

    /// <summary>Path of the page that GET reaches; the language switch leads there.</summary>
    public required string Path { get; init; }

    /// <summary>A link within the portal that keeps a chosen language.</summary>
    public string Link(string path, string? query = null)
    {
        var language = LanguageChosen ? $"lang={Language.Tag}" : null;
        var all = string.Join('&', new[] { query, language }.Where(part => part is not null));
        return all.Length == 0 ? path : $"{path}?{all}";
    }
}
