using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace NacGateway.Web.Portal.Texts;

/// <summary>A language of the portal: its tag, its own name and the direction of its script.</summary>
public sealed class PortalLanguage
{
    /// <summary>All languages, in the order of the switch.</summary>
    public static readonly IReadOnlyList<PortalLanguage> All =
    [
        new("en", "English", rightToLeft: false),
        new("de", "Deutsch", rightToLeft: false),
        new("ar", "العربية", rightToLeft: true),
    ];

    private PortalLanguage(string tag, string name, bool rightToLeft)
    {
        Tag = tag;
        Name = name;
        Direction = rightToLeft ? "rtl" : "ltr";
        Texts = new PortalTexts(CultureInfo.GetCultureInfo(tag));
    }

    /// <summary>Language tag, as in <c>lang</c> and <c>?lang=</c>.</summary>
    public string Tag { get; }

    /// <summary>The language's name in itself.</summary>
    public string Name { get; }

    /// <summary><c>ltr</c> or <c>rtl</c>.</summary>
    public string Direction { get; }

    /// <summary>The sentences.</summary>
    public PortalTexts Texts { get; }

    /// <summary>The language with this tag, or null.</summary>
    public static PortalLanguage? Find(string? tag) => All.FirstOrDefault(language => string.Equals(language.Tag, tag, StringComparison.OrdinalIgnoreCase));

    /// <summary>The best of ours for an Accept-Language header (RFC 9110 section 12.5.4); <c>de-AT</c> gets German. Null when it names none of ours.</summary>
    public static PortalLanguage? Negotiate(StringValues acceptLanguage)
    {
        if (!StringWithQualityHeaderValue.TryParseList(acceptLanguage, out var ranges))
        {
            return null;
        }

        return ranges
            .Where(range => range.Quality is null or > 0)
            .OrderByDescending(range => range.Quality ?? 1)
            .Select(range => Find(range.Value.Value?.Split('-')[0]))
            .FirstOrDefault(language => language is not null);
    }
}
