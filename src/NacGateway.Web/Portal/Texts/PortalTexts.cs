using System.Globalization;
using System.Resources;

namespace NacGateway.Web.Portal.Texts;

/// <summary>The sentences of the portal in one language, from the resource files beside this class.</summary>
public sealed class PortalTexts(CultureInfo culture)
{
    private static readonly ResourceManager Resources = new(typeof(PortalTexts));

    /// <summary>The culture that formats numbers in these sentences.</summary>
    public CultureInfo Culture => culture;

    /// <summary>A sentence by its key. An unknown key is our bug, so it throws and does not show up as text.</summary>
    public string this[string key] => Resources.GetString(key, culture) ?? throw new KeyNotFoundException($"There is no portal text '{key}'.");

    /// <summary>A sentence with its places filled in.</summary>
    public string Format(string key, params ReadOnlySpan<object?> values) => string.Format(culture, this[key], values);
}
