using System.Globalization;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Browser;

/// <summary>
/// No page shuts anybody out: axe-core on every page, in both colour schemes, at three widths, in every language, and what axe cannot see. With
/// NACGATEWAY_TEST_LOOKS=all both colours at each width.
/// </summary>
public sealed class AccessibilityTests(Chromium chromium)
{
    private static readonly (bool Dark, int Width)[] Views = string.Equals(Environment.GetEnvironmentVariable("NACGATEWAY_TEST_LOOKS"), "all", StringComparison.Ordinal)
        ? [(false, 320), (false, 390), (false, 1440), (true, 320), (true, 390), (true, 1440)]
        : [(false, 320), (true, 390), (false, 1440)];

    /// <summary>A translation changes the length and the direction of texts, no colour: the narrowest view and the widest tell.</summary>
    private static readonly (bool Dark, int Width)[] TranslationViews = [(false, 320), (true, 1440)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "ltr")]
    [InlineData("de", "ltr")]
    [InlineData("ar", "rtl")]
    public async Task No_page_has_a_barrier(string language, string direction)
    {
        await using var visitor = await chromium.OpenAsync(new VisitorOptions { Language = language }, Cancel);
        List<string> barriers = [];

        await EveryPage.VisitAsync(visitor, async (name, _) =>
        {
            var page = $"{name}-{language}";
            var html = visitor.Page.Locator("html");
            Check(await html.GetAttributeAsync("lang") == language, page, "another language");
            Check(await html.GetAttributeAsync("dir") == direction, page, "another direction");
            Check(await visitor.Page.Locator("h1").CountAsync() == 1, page, "not exactly one h1");
            foreach (var (dark, width) in language == "en" ? Views : TranslationViews)
            {
                var view = string.Create(CultureInfo.InvariantCulture, $"{page}-{(dark ? "dark" : "light")}-{width}");
                await visitor.LookAsync(dark, width);
                await visitor.PictureAsync(view);
                barriers.AddRange((await visitor.FindBarriersAsync()).Select(barrier => $"{view}: {barrier}"));
                Check(!await visitor.ScrollsSidewaysAsync(), view, "scrolls sideways");
            }
        }, Cancel);

        Assert.Empty(barriers);
        Assert.Empty(await visitor.ComplaintsAsync());

        void Check(bool holds, string where, string what)
        {
            if (!holds)
            {
                barriers.Add($"{where}: {what}");
            }
        }
    }
}
