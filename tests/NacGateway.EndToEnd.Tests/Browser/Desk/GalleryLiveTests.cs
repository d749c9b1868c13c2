using Microsoft.Playwright;
using NacGateway.TestKit;
using NacGateway.Web.Admin.Assets;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Browser.Desk;

/// <summary>What a live feed does to a page: values in place, nothing under the pointer, a pause that loses nothing.</summary>
public sealed class GalleryLiveTests(Chromium chromium) : IAsyncLifetime
{
    private GallerySite _site = null!;
    private Visitor _visitor = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IPage Page => _visitor.Page;

    public async ValueTask InitializeAsync()
    {
        _site = await GallerySite.StartAsync(Cancel);
        _visitor = await chromium.OpenAsync(new VisitorOptions { Width = 1440, Height = 900 }, Cancel);
        await Page.GotoAsync(_site.Page.AbsoluteUri);
        await Page.Locator("[data-live-state=live]").WaitForAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _visitor.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task Values_change_in_place_as_plain_text()
    {
        _site.Send("delta", """{"rows":{"s0001":{"rate":"9.9 Mb/s","state":{"text":"Stale","look":"bad"},"down":"<b>1</b>"}}}""");
        _site.Send("tile", """{"active":{"value":"5,001","note":"+227 vs. same time yesterday","look":"warn"}}""");
        _site.Send("total", """{"total":1201,"text":"1,201 sessions"}""");

        var row = Page.Locator("tr[data-row=s0001]");
        await Assertions.Expect(row.Locator("[data-cell=rate]")).ToHaveTextAsync("9.9 Mb/s");
        await Assertions.Expect(row.Locator(".badge[data-look=bad]")).ToHaveTextAsync("Stale");
        await Assertions.Expect(row.Locator("[data-cell=down]")).ToHaveTextAsync("<b>1</b>");
        await Assertions.Expect(Page.Locator("[data-tile=active][data-look=warn] [data-value]")).ToHaveTextAsync("5,001");
        await Assertions.Expect(Page.Locator("[data-total-text]")).ToHaveTextAsync("1,201 sessions");
        Assert.Empty(await _visitor.ComplaintsAsync());
    }

    [Fact]
    public async Task A_pause_freezes_the_view_and_counts_what_waits()
    {
        var rate = Page.Locator("tr[data-row=s0001] [data-cell=rate]");
        var before = await rate.InnerTextAsync();

        await Page.Keyboard.PressAsync("p");
        _site.Send("delta", """{"rows":{"s0001":{"rate":"8.8 Mb/s"}}}""");
        _site.Send("delta", """{"rows":{"s0001":{"rate":"9.9 Mb/s"}}}""");
        _site.Send("tile", """{"active":{"value":"5,002"}}""");
        await Assertions.Expect(Page.Locator("[data-banner=paused]")).ToContainTextAsync("3 changes wait.");
        await Assertions.Expect(Page.Locator("[data-live-badge]")).ToHaveTextAsync("Paused");
        Assert.Equal(before, await rate.InnerTextAsync());
        Assert.Empty(await _visitor.FindBarriersAsync());
        await Page.Locator("[data-banner=paused] button").ClickAsync();

        await Assertions.Expect(rate).ToHaveTextAsync("9.9 Mb/s");
        await Assertions.Expect(Page.Locator("[data-tile=active] [data-value]")).ToHaveTextAsync("5,002");
        await Assertions.Expect(Page.Locator("[data-banner=paused]")).ToHaveCountAsync(0);
        await Assertions.Expect(Page.Locator("[data-live-badge]")).ToHaveTextAsync("Live");
    }

    [Fact]
    public async Task A_list_that_changed_is_fetched_anew_unless_somebody_is_at_work_in_it()
    {
        await Page.Locator("tr[data-row=s0001] input[data-select]").CheckAsync();
        var asked = _site.Asked.Count;

        _site.Send("order", """{"added":4}""");
        var offer = Page.Locator("[data-list-changed] button");
        await Assertions.Expect(offer).ToHaveTextAsync("List changed. Show 4 new");
        Assert.Equal(asked, _site.Asked.Count);
        await offer.ClickAsync();
        await Assertions.Expect(offer).ToHaveCountAsync(0);
        await Assertions.Expect(Page.Locator("tr[data-row=s0001] input[data-select]")).ToBeCheckedAsync();
        await Page.Locator("[data-bulk-clear]").ClickAsync();
        await Page.Locator("h1").ClickAsync();
        await Page.EvaluateAsync("document.activeElement.blur()");
        var before = _site.Asked.Count;
        _site.Send("order", """{"added":1}""");

        await Page.WaitForFunctionAsync("() => !document.querySelector('[data-list-changed]')");
        await Eventually(() => _site.Asked.Count > before);
    }

    [Fact]
    public async Task A_feed_that_breaks_is_told_and_made_again_with_filter_and_choice_kept()
    {
        await Page.Locator("tr[data-row=s0001] input[data-select]").CheckAsync();
        var opened = _site.FeedsOpened;

        _site.CutFeeds();
        await Eventually(() => _site.FeedsOpened > opened);
        await Page.Locator("[data-live-state=live]").WaitForAsync();
        _site.Send("delta", """{"rows":{"s0001":{"rate":"7.7 Mb/s"}}}""");

        await Assertions.Expect(Page.Locator("tr[data-row=s0001] [data-cell=rate]")).ToHaveTextAsync("7.7 Mb/s");
        await Assertions.Expect(Page.Locator("tr[data-row=s0001] input[data-select]")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task A_hidden_page_has_no_feed()
    {
        await Page.EvaluateAsync("""
            () => {
              Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """);
        await Eventually(() => _site.OpenFeeds == 0);
        await Page.EvaluateAsync("""
            () => {
              Object.defineProperty(document, 'hidden', { configurable: true, get: () => false });
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """);

        await Eventually(() => _site.OpenFeeds == 1);
    }

    [Fact]
    public async Task Another_version_of_the_gateway_offers_to_load_the_page_anew()
    {
        _site.Send("hello", $$"""{"build":"{{DeskAssets.Version}}"}""");
        _site.Send("hello", """{"build":"another"}""");

        await Assertions.Expect(Page.Locator("[data-banner=build] button")).ToHaveTextAsync("Reload");
    }

    [Fact]
    public async Task The_end_of_the_sign_in_is_told_with_a_way_back()
    {
        _site.Send("notice", """{"kind":"signed-out"}""");

        await Assertions.Expect(Page.Locator("[data-banner=signed-out] a")).ToHaveAttributeAsync("href", "/sign-in?return=%2Fgallery");
        await Eventually(() => _site.OpenFeeds == 0);
    }

    [Fact]
    public async Task A_plot_gets_points_and_tells_values_under_the_cursor()
    {
        var plot = Page.Locator("figure[data-plot=sign-ins]");
        var at = NacGateway.Web.Tests.Admin.Kit.GalleryModel.Now.ToUnixTimeSeconds();
        _site.Send("point", $$"""{"plot":"sign-ins","at":{{at}},"values":[77,1,null]}""");
        await plot.Locator("details summary").ClickAsync();

        await Assertions.Expect(plot.Locator("details tbody tr").First).ToContainTextAsync("77");
        await plot.Locator(".u-over").ScrollIntoViewIfNeededAsync();
        var box = (await plot.Locator(".u-over").BoundingBoxAsync())!;
        await Page.Mouse.MoveAsync(box.X + box.Width - 2, box.Y + 20);
        await Assertions.Expect(plot.Locator("[data-now='0']")).ToHaveTextAsync("77");
        await Page.Mouse.MoveAsync(box.X + 100, box.Y + 20);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(box.X + 300, box.Y + 20, new() { Steps = 10 });
        await Page.Mouse.UpAsync();

        await Page.WaitForURLAsync("**from=2026-05-14T13**");
        await Page.Locator("[data-live-state=live]").WaitForAsync();
    }

    private static async Task Eventually(Func<bool> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, patience.Token);
        }
    }
}
