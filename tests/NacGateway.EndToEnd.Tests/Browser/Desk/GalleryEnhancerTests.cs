using Microsoft.Playwright;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Browser.Desk;

/// <summary>What the script adds to links and forms: regions, choosing rows, actions.</summary>
public sealed class GalleryEnhancerTests(Chromium chromium) : IAsyncLifetime
{
    private GallerySite _site = null!;
    private Visitor _visitor = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IPage Page => _visitor.Page;

    public async ValueTask InitializeAsync()
    {
        _site = await GallerySite.StartAsync(Cancel);
        _visitor = await chromium.OpenAsync(new VisitorOptions { Width = 1440, Height = 900 }, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _visitor.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task Sorting_replaces_the_list_alone_and_keeps_focus_and_choice()
    {
        await OpenAsync();
        await Page.Locator("tr[data-row=s0002] input[data-select]").CheckAsync();
        await Page.EvaluateAsync("window.stayed = true");

        await Page.Locator("a.sort:text('User')").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Page.WaitForURLAsync("**sort=user**");
        await Assertions.Expect(Page.Locator("th[aria-sort=descending]")).ToHaveCountAsync(1);

        Assert.Equal("User", await Page.EvaluateAsync<string>("document.activeElement.textContent"));
        Assert.True(await Page.EvaluateAsync<bool>("window.stayed === true"));
        Assert.Contains("sessions", _site.Asked, StringComparer.Ordinal);
        await Page.GoBackAsync();
        await Assertions.Expect(Page.Locator("tr[data-row=s0002] input[data-select]")).ToBeVisibleAsync();
        Assert.True(await Page.EvaluateAsync<bool>("window.stayed === true"));
    }

    [Fact]
    public async Task Typing_in_the_search_box_filters_without_losing_the_place()
    {
        await OpenAsync();

        await Page.Locator("[data-search]").PressSequentiallyAsync("guest-51371-1193");
        await Page.WaitForURLAsync("**q=guest-51371-1193");
        await Assertions.Expect(Page.Locator("tbody[data-rows] tr[data-row]")).ToHaveCountAsync(1);
        await Page.Keyboard.TypeAsync("x");
        await Assertions.Expect(Page.Locator(".empty-title")).ToHaveTextAsync("No session matches these filters.");

        Assert.Equal("guest-51371-1193x", await Page.Locator("[data-search]").InputValueAsync());
        Assert.Equal("q", await Page.EvaluateAsync<string>("document.activeElement.name"));
        await Assertions.Expect(Page.Locator(".chip")).ToHaveTextAsync("guest-51371-1193x");
        await Assertions.Expect(Page.Locator("[data-announcer]")).ToHaveTextAsync("0 sessions found");
        await Page.Locator(".chip").ClickAsync();
        await Page.WaitForURLAsync("**/gallery");
    }

    [Fact]
    public async Task A_facet_applies_at_once_and_stays_open()
    {
        await OpenAsync();

        await Page.Locator("details[data-facet=state] summary").ClickAsync();
        await Page.Locator("details[data-facet=state] input[value=stale]").CheckAsync();
        await Page.WaitForURLAsync("**state=stale");
        await Page.Locator("details[data-facet=state] input[value=idle]").CheckAsync();
        await Page.WaitForURLAsync(url => Uri.UnescapeDataString(url).Contains("state=idle,stale", StringComparison.Ordinal));

        Assert.NotNull(await Page.Locator("details[data-facet=state]").GetAttributeAsync("open"));
        Assert.Equal("idle", await Page.EvaluateAsync<string>("document.activeElement.value"));
        await Page.Keyboard.PressAsync("Escape");
        Assert.Null(await Page.Locator("details[data-facet=state]").GetAttributeAsync("open"));
    }

    [Fact]
    public async Task Rows_are_chosen_one_by_one_by_range_and_all()
    {
        await OpenAsync();
        var bar = Page.Locator("#sessions-bulk");
        await Assertions.Expect(bar).ToBeHiddenAsync();

        await Box("s0001").ClickAsync();
        await Box("s0004").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Assertions.Expect(bar.Locator("[data-bulk-count]")).ToHaveTextAsync("4 sessions selected");
        Assert.True(await Page.Locator("[data-select-all]").EvaluateAsync<bool>("head => head.indeterminate"));
        await Page.Locator("[data-select-all]").CheckAsync();
        await Assertions.Expect(bar.Locator("[data-bulk-count]")).ToHaveTextAsync("25 sessions selected");
        await bar.Locator("[data-bulk-select-matching]").ClickAsync();
        await Assertions.Expect(bar.Locator("[data-bulk-count]")).ToHaveTextAsync("1,200 sessions selected");
        await bar.Locator("button[formaction='/gallery/extend']").ClickAsync();
        await Assertions.Expect(Page.Locator(".toast")).ToContainTextAsync("Done.");

        Assert.True(_site.Posted.TryDequeue(out var posted));
        Assert.Equal("1", posted.Form["all"]);
        Assert.Equal(0, posted.Form["id"].Count);
        await Assertions.Expect(bar).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_dangerous_action_is_asked_first_and_its_result_told_in_numbers()
    {
        _site.Reply = new { ok = 1, skipped = 0, failed = new[] { new { id = "s0003", reason = "<b>not answered</b>" } }, message = "1 disconnected, 1 not answered." };
        await OpenAsync();
        await Box("s0001").CheckAsync();
        await Box("s0003").CheckAsync();

        await Page.Locator("#sessions-bulk button[data-confirm]").ClickAsync();
        Assert.Equal("Cancel", await Page.EvaluateAsync<string>("document.activeElement.textContent"));
        await Assertions.Expect(Page.Locator("dialog[open] h2")).ToHaveTextAsync("Disconnect 2 sessions?");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        Assert.Empty(_site.Posted);
        await Page.Locator("#sessions-bulk button[data-confirm]").ClickAsync();
        await Page.Locator("dialog[open] [data-confirm-go]").ClickAsync();
        var toast = Page.Locator(".toast");
        await Assertions.Expect(toast).ToContainTextAsync("1 disconnected, 1 not answered.");
        await toast.Locator("summary").ClickAsync();

        await Assertions.Expect(toast).ToContainTextAsync("s0003: <b>not answered</b>");
        Assert.True(_site.Posted.TryDequeue(out var posted));
        Assert.Equal("yes", posted.Form["confirm"]);
        Assert.Equal("s0001,s0003", posted.Form["id"].ToString());
        Assert.True(await Page.EvaluateAsync<bool>("document.activeElement !== document.body"));
        Assert.Empty(await _visitor.ComplaintsAsync());
    }

    [Fact]
    public async Task Many_at_once_need_their_number_typed()
    {
        await OpenAsync("?size=60");
        await Page.Locator("[data-select-all]").CheckAsync();
        await Page.Locator("#sessions-bulk button[data-confirm]").ClickAsync();
        var go = Page.Locator("dialog[open] [data-confirm-go]");

        await Assertions.Expect(go).ToBeDisabledAsync();
        await Page.Locator("dialog[open] input[name=typed]").FillAsync("61");
        await Assertions.Expect(go).ToBeDisabledAsync();
        await Page.Locator("dialog[open] input[name=typed]").FillAsync("60");
        await Assertions.Expect(go).ToBeEnabledAsync();
        await go.ClickAsync();
        await Assertions.Expect(Page.Locator(".toast")).ToContainTextAsync("Done.");

        Assert.True(_site.Posted.TryDequeue(out var posted));
        Assert.Equal("60", posted.Form["typed"]);
        Assert.Equal(60, posted.Form["id"].Count);
    }

    [Fact]
    public async Task A_long_page_keeps_only_the_rows_in_sight_in_the_document()
    {
        await OpenAsync("?size=1000");
        var rows = Page.Locator("tbody[data-rows] tr[data-row]");
        await Assertions.Expect(Page.Locator("tr.spacer")).ToHaveCountAsync(1);

        Assert.InRange(await rows.CountAsync(), 10, 60);
        Assert.Equal("1001", await Page.Locator("table[data-table]").First.GetAttributeAsync("aria-rowcount"));
        await Box("s0001").CheckAsync();
        await Box("s0001").FocusAsync();
        await Page.Locator(".table-box[data-virtual]").EvaluateAsync("box => box.scrollTop = box.scrollHeight");
        await Assertions.Expect(Page.Locator("tr[data-row=s0999]")).ToBeVisibleAsync();
        Assert.Equal("1001", await Page.Locator("tr[data-row=s0999]").GetAttributeAsync("aria-rowindex"));
        Assert.Equal("s0001", await Page.EvaluateAsync<string>("document.activeElement.value"));
        Assert.InRange(await rows.CountAsync(), 10, 60);
        await Box("s0999").ClickAsync();
        await Page.Locator(".table-box[data-virtual]").EvaluateAsync("box => box.scrollTop = 18000");
        await Page.Locator("#sessions-bulk button[formaction='/gallery/extend']").ClickAsync();
        await Assertions.Expect(Page.Locator(".toast")).ToContainTextAsync("Done.");

        Assert.True(_site.Posted.TryDequeue(out var posted));
        Assert.Equal("s0001,s0999", posted.Form["id"].ToString());
        Assert.Empty(await _visitor.FindBarriersAsync());
    }

    [Fact]
    public async Task What_the_gateway_cannot_answer_is_said_with_a_way_to_try_again()
    {
        await OpenAsync();
        _site.Status = 503;

        await Page.Locator("a.sort:text('Rate')").ClickAsync();
        var box = Page.Locator("[data-swap-error]");
        await Assertions.Expect(box).ToContainTextAsync("The database does not answer");
        await Assertions.Expect(box).ToContainTextAsync("7K2-91F");
        await Assertions.Expect(Page.Locator("[data-search]")).ToBeEnabledAsync();
        _site.Status = 200;
        await box.GetByText("Try again").ClickAsync();

        await Assertions.Expect(box).ToHaveCountAsync(0);
        await Page.WaitForURLAsync("**sort=rate**");
    }

    [Fact]
    public async Task Keys_move_choose_and_help_but_not_while_typing()
    {
        await OpenAsync();

        await Page.Keyboard.PressAsync("j");
        await Page.Keyboard.PressAsync("j");
        await Page.Keyboard.PressAsync("x");
        await Assertions.Expect(Page.Locator("[data-bulk-count]")).ToHaveTextAsync("1 session selected");
        Assert.True(await Box("s0001").IsCheckedAsync());
        await Page.Keyboard.PressAsync("/");
        await Page.Keyboard.PressAsync("j");
        Assert.Equal("j", await Page.Locator("[data-search]").InputValueAsync());
        await Page.Locator("h1").ClickAsync();
        await Page.Keyboard.PressAsync("?");
        await Assertions.Expect(Page.Locator("dialog[open] h2")).ToHaveTextAsync("Keyboard shortcuts");
        Assert.Empty(await _visitor.FindBarriersAsync());
        await Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Page.Locator("dialog[open]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Keys_can_be_switched_off()
    {
        _site.Preferences["shortcuts"] = "off";
        await OpenAsync();

        await Page.Keyboard.PressAsync("j");
        await Page.Keyboard.PressAsync("?");

        Assert.Equal(0, await Page.Locator("tr[data-cursor], dialog[open]").CountAsync());
    }

    private ILocator Box(string id) => Page.Locator($"tr[data-row={id}] input[data-select]");

    private async Task OpenAsync(string query = "")
    {
        await Page.GotoAsync(_site.Page.AbsoluteUri + query);
        await Page.Locator("[data-live-state=live]").WaitForAsync();
    }
}
