using System.Globalization;
using System.Text.RegularExpressions;
using NacGateway.Web.Admin.Assets;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Kit;

/// <summary>The desk's colours against each other in both themes, as WCAG 2.2 section 1.4.3 (text) and 1.4.11 (edges of controls, lines) count contrast.</summary>
public sealed partial class DeskContrastTests
{
    private const double Text = 4.5;
    private const double Shape = 3;
    private const double Line = 6.35;

    [Theory]
    [InlineData("text", "bg", Text)]
    [InlineData("text", "surface", Text)]
    [InlineData("text", "surface-2", Text)]
    [InlineData("text", "accent-tint", Text)]
    [InlineData("text", "info-bg", Text)]
    [InlineData("text", "warn-bg", Text)]
    [InlineData("text", "bad-bg", Text)]
    [InlineData("text", "ok-bg", Text)]
    [InlineData("text-2", "bg", Text)]
    [InlineData("text-2", "surface", Text)]
    [InlineData("text-2", "surface-2", Text)]
    [InlineData("accent", "bg", Text)]
    [InlineData("accent", "surface", Text)]
    [InlineData("accent", "surface-2", Text)]
    [InlineData("accent", "accent-tint", Text)]
    [InlineData("accent-hover", "surface-2", Text)]
    [InlineData("accent-ink", "accent", Text)]
    [InlineData("accent-ink", "accent-hover", Text)]
    [InlineData("ok", "ok-bg", Text)]
    [InlineData("warn", "warn-bg", Text)]
    [InlineData("bad", "bad-bg", Text)]
    [InlineData("bad", "surface", Text)]
    [InlineData("bad-ink", "bad", Text)]
    [InlineData("bad-ink", "bad-hover", Text)]
    [InlineData("info", "info-bg", Text)]
    [InlineData("violet", "surface", Text)]
    [InlineData("warn", "surface", Text)]
    [InlineData("info", "surface", Text)]
    [InlineData("accent", "surface", Line)]
    [InlineData("border-strong", "bg", Shape)]
    [InlineData("border-strong", "surface", Shape)]
    [InlineData("border-strong", "surface-2", Shape)]
    [InlineData("focus", "bg", Shape)]
    [InlineData("focus", "surface", Shape)]
    [InlineData("focus", "surface-2", Shape)]
    public void Colours_can_be_told_apart_in_both_themes(string foreground, string background, double least)
    {
        for (var theme = 0; theme < 2; theme++)
        {
            var colours = Theme(theme);
            var contrast = Contrast(colours[foreground], colours[background]);

            Assert.True(contrast >= least, string.Create(CultureInfo.InvariantCulture, $"{foreground} on {background} has {contrast:0.00} in {(theme == 0 ? "light" : "dark")}, and needs {least}"));
        }
    }

    [Fact]
    public void Both_themes_hold_every_colour() => Assert.Equal(24, Theme(0).Count);

    /// <summary>Colours of a theme by token. One that is partly transparent is laid over the surface.</summary>
    private static Dictionary<string, (double R, double G, double B)> Theme(int theme)
    {
        var colours = new Dictionary<string, (double R, double G, double B)>(StringComparer.Ordinal);
        foreach (Match token in Token.Matches(DeskStyle.Css))
        {
            colours[token.Groups["name"].Value] = Colour(token.Groups[theme == 0 ? "light" : "dark"].Value, colours.GetValueOrDefault("surface"));
        }

        return colours;
    }

    private static (double R, double G, double B) Colour(string text, (double R, double G, double B) below)
    {
        if (text.StartsWith('#'))
        {
            var rgb = int.Parse(text.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            return (rgb >> 16, (rgb >> 8) & 0xFF, rgb & 0xFF);
        }

        var parts = text[4..^1].Split([' ', '/', '%'], StringSplitOptions.RemoveEmptyEntries).Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return (Mix(parts[0], below.R), Mix(parts[1], below.G), Mix(parts[2], below.B));

        double Mix(double over, double under) => (over * parts[3] / 100) + (under * (1 - (parts[3] / 100)));
    }

    private static double Contrast((double R, double G, double B) one, (double R, double G, double B) other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance((double R, double G, double B) colour) => (0.2126 * Linear(colour.R)) + (0.7152 * Linear(colour.G)) + (0.0722 * Linear(colour.B));

    private static double Linear(double octet)
    {
        var share = octet / 255;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }

    [GeneratedRegex(@"--(?<name>[a-z0-9-]+): ?light-dark\((?<light>#[0-9A-Fa-f]{6}|rgb\([^)]*\)), ?(?<dark>#[0-9A-Fa-f]{6}|rgb\([^)]*\))\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token { get; }
}
