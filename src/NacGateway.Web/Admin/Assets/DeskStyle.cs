using System.Text.RegularExpressions;

namespace NacGateway.Web.Admin.Assets;

/// <summary>
/// The desk's style sheet: the files of <c>styles/</c> in their order, without comments and spare blanks, and the rules of the bundle where
/// there is one. It does not pass through Node, so that the desk has its looks on a machine that builds without.
/// </summary>
internal static partial class DeskStyle
{
    private static readonly string[] Files = ["tokens", "base", "frame", "controls", "table", "parts", "rules", "plot", "wall", "print"];

    public static string Css { get; } = Compact(string.Concat(Files.Select(file => DeskResources.Text($"desk/{file}.css")))) + DeskResources.TextOrNone("desk/bundle.css");

    private static string Compact(string css) => Tight().Replace(Blanks().Replace(Comments().Replace(css, ""), " "), "${mark}").Trim();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@" ?(?<mark>[{};,]) ?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tight();
}
