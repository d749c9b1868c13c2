using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace NacGateway.Web.Portal.Pages;

/// <summary>The one style sheet, inlined in every page so that a page is one request, and its hash, by which the CSP allows exactly it.</summary>
internal static partial class PortalStyle
{
    /// <summary>The style sheet without comments and spare blanks.</summary>
    public static string Css { get; } = Compact(Read());

    /// <summary>Source expression for <c>style-src</c>.</summary>
    public static string CspHash { get; } = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'";

    private static string Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("portal.css")
            ?? throw new InvalidOperationException("The style sheet is not part of the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string Compact(string css) => Tight().Replace(Blanks().Replace(Comments().Replace(css, ""), " "), "${mark}").Trim();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@" ?(?<mark>[{};,]) ?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tight();
}
