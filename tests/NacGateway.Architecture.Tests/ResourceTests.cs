using System.Text.RegularExpressions;
using System.Xml.Linq;
using NacGateway.Architecture.Tests.Reading;
using Xunit;

namespace NacGateway.Architecture.Tests;

/// <summary>Texts for people: every language says everything, with the same places to fill in.</summary>
public sealed partial class ResourceTests
{
    private static readonly string[] Languages = ["de", "ar"];

    private static IEnumerable<string> NeutralFiles =>
        Repository.Files("src", ".resx").Where(path => !Languages.Any(language => path.EndsWith($".{language}.resx", StringComparison.Ordinal)));

    private static IEnumerable<(string Neutral, string Language)> Translations =>
        from file in NeutralFiles from language in Languages select (file, language);

    [Fact]
    public void A_language_has_every_text() => Assert.All(Translations, pair =>
    {
        var original = Texts(pair.Neutral);
        var translated = Texts(Translation(pair.Neutral, pair.Language));

        Assert.NotEmpty(original);
        Assert.Equal(original.Keys.Order(StringComparer.Ordinal), translated.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.DoesNotContain(translated.Values, string.IsNullOrWhiteSpace);
    });

    [Fact]
    public void A_translation_fills_in_the_same_places() => Assert.All(Translations, pair =>
    {
        var translated = Texts(Translation(pair.Neutral, pair.Language));

        Assert.All(Texts(pair.Neutral), text => Assert.Equal(Places(text.Value).Order(StringComparer.Ordinal), Places(translated[text.Key]).Order(StringComparer.Ordinal), StringComparer.Ordinal));
    });

    private static string Translation(string neutral, string language) => Path.ChangeExtension(neutral, $".{language}.resx").Replace('\\', '/');

    private static Dictionary<string, string> Texts(string path) =>
        XDocument.Parse(Repository.Read(path)).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\{\w+(:[^}]*)?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
