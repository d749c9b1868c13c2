using System.Globalization;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Browser.Desk;

/// <summary>Every component of the desk in both themes, narrow and wide: no barrier, no sideways scroll, nothing that the policy forbids.</summary>
public sealed class GalleryLooksTests(Chromium chromium)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, 360)]
    [InlineData(true, 360)]
    [InlineData(false, 1440)]
    [InlineData(true, 1440)]
    [InlineData(false, 3840)]
    public async Task The_kit_has_no_barrier(bool dark, int width)
    {
        await using var site = await GallerySite.StartAsync(Cancel);
        await using var visitor = await chromium.OpenAsync(new VisitorOptions { Dark = dark, Width = width, Height = 900 }, Cancel);
        var view = string.Create(CultureInfo.InvariantCulture, $"desk-gallery-{(dark ? "dark" : "light")}-{width}");

        await visitor.Page.GotoAsync(site.Page.AbsoluteUri);
        await visitor.Page.Locator("[data-live-state=live]").WaitForAsync();
        await visitor.Page.Locator(".plot-live canvas").First.WaitForAsync();
        await visitor.PictureAsync(view);

        Assert.Empty(await visitor.FindBarriersAsync());
        Assert.False(await visitor.ScrollsSidewaysAsync(), "scrolls sideways");
        Assert.Empty(await visitor.ComplaintsAsync());
    }

    [Fact]
    public async Task Without_script_everything_is_there_and_works()
    {
        await using var site = await GallerySite.StartAsync(Cancel);
        await using var visitor = await chromium.OpenAsync(new VisitorOptions { JavaScript = false, Width = 1440 }, Cancel);
        var page = visitor.Page;

        await page.GotoAsync(site.Page.AbsoluteUri);
        await visitor.PictureAsync("desk-gallery-without-script");
        await page.Locator("tr[data-row=s0001] input[type=checkbox]").CheckAsync();
        await page.Locator("tr[data-row=s0003] input[type=checkbox]").CheckAsync();
        await page.Locator("#sessions-bulk button[formaction='/gallery/extend']").ClickAsync();
        await page.WaitForURLAsync("**/gallery");

        Assert.Equal("extend: 2 done.", await page.Locator("[data-toasts] .toast").InnerTextAsync());
        Assert.True(site.Posted.TryPeek(out var posted));
        Assert.Equal("s0001,s0003", posted.Form["id"].ToString());
        await page.Locator("th a.sort", new() { HasTextString = "Rate" }).ClickAsync();
        await page.WaitForURLAsync("**sort=rate**");
        Assert.Equal("descending", await page.Locator("th:has(a.sort:text('Rate'))").GetAttributeAsync("aria-sort"));
        await page.Locator("[data-search]").FillAsync("guest-51371-1193");
        await page.Locator("[data-search]").PressAsync("Enter");
        await page.WaitForURLAsync("**q=guest-51371-1193**");
        Assert.Equal(1, await page.Locator("tbody[data-rows] tr[data-row]").CountAsync());
    }

    [Fact]
    public async Task Tabbing_back_through_the_page_never_puts_the_focus_under_a_bar()
    {
        await using var site = await GallerySite.StartAsync(Cancel);
        await using var visitor = await chromium.OpenAsync(new VisitorOptions { Width = 1280, Height = 700 }, Cancel);
        var page = visitor.Page;
        await page.GotoAsync(site.Page.AbsoluteUri);
        await page.Locator("tr[data-row=s0020] th a").FocusAsync();

        List<string> covered = [];
        for (var i = 0; i < 40; i++)
        {
            await page.Keyboard.PressAsync("Shift+Tab");
            if (await page.EvaluateAsync<string?>("""
                () => {
                  const focused = document.activeElement;
                  const at = focused.getBoundingClientRect();
                  const top = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
                  return top && (focused.contains(top) || top.contains(focused)) ? null : focused.outerHTML;
                }
                """) is { } hidden)
            {
                covered.Add(hidden);
            }
        }

        Assert.Empty(covered);
    }
}
