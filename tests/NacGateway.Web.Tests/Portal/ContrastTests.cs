using System.Globalization;
using System.Text.RegularExpressions;
using NacGateway.Web.Portal.Pages;
using Xunit;

namespace NacGateway.Web.Tests.Portal;

/// <summary>The colours of the portal against each other, as WCAG 2.2 section 1.4.3 (text) and 1.4.11 (edges of controls) count contrast.</summary>
public sealed partial class ContrastTests
{
    private const double Text = 4.5;
    private const double Edge = 3;

    [Theory]
    [InlineData("text", "bg", Text)]
    [InlineData("text", "surface", Text)]
    [InlineData("text", "bad-bg", Text)]
    [InlineData("text-2", "bg", Text)]
    [InlineData("text-2", "surface", Text)]
    [InlineData("accent", "bg", Text)]
    [InlineData("accent-hover", "bg", Text)]
    [InlineData("accent", "surface", Text)]
    [InlineData("accent-hover", "surface", Text)]
    [InlineData("ok", "surface", Text)]
    [InlineData("bad", "surface", Text)]
    [InlineData("accent-ink", "accent", Text)]
    [InlineData("accent-ink", "accent-hover", Text)]
    [InlineData("ok", "bg", Text)]
    [InlineData("bad", "bg", Text)]
    [InlineData("bad", "bad-bg", Text)]
    [InlineData("border-strong", "bg", Edge)]
    [InlineData("border-strong", "surface", Edge)]
    [InlineData("focus", "bg", Edge)]
    [InlineData("focus", "surface", Edge)]
    public void Colours_can_be_told_apart_in_both_schemes(string foreground, string background, double least)
    {
        var schemes = RootBlock.Matches(PortalStyle.Css).Select(block => Colours(block.Groups["content"].Value)).ToArray();

        Assert.Equal(2, schemes.Length);
        Assert.All(schemes, colours => Assert.InRange(Contrast(colours[foreground], colours[background]), least, 21));
    }

    private static Dictionary<string, double> Colours(string css) => ColourToken.Matches(css).ToDictionary(
        token => token.Groups["name"].Value,
        token => Luminance(int.Parse(token.Groups["rgb"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
        StringComparer.Ordinal);

    private static double Luminance(int rgb) => (0.2126 * Linear(rgb >> 16)) + (0.7152 * Linear(rgb >> 8)) + (0.0722 * Linear(rgb));

    private static double Linear(int octet)
    {
        var share = (octet & 0xFF) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }

    private static double Contrast(double one, double other) => (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);

    [GeneratedRegex(@":root\s*\{(?<content>[^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RootBlock { get; }

    [GeneratedRegex("--(?<name>[a-z0-9-]+):\\s*#(?<rgb>[0-9A-Fa-f]{6})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ColourToken { get; }
}
