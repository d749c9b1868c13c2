using Microsoft.Playwright;
using NacGateway.Core.Administration;
using NacGateway.Core.Sessions;
using NacGateway.TestKit;
using NacGateway.Web.Tests.Admin.Access;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Live;

/// <summary>Everything by keyboard alone: from the sign-in to the result, with the focus always somewhere, and never under something.</summary>
public sealed class KeyboardTests(Chromium chromium) : IAsyncLifetime
{
    private readonly AccessSite _site = new() { Seed = database => DeskSeed.SessionsAsync(database, 1000, TimeProvider.System.GetUtcNow()) };
    private Visitor _visitor = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IPage Page => _visitor.Page;

    public async ValueTask InitializeAsync()
    {
        await _site.InitializeAsync();
        _visitor = await chromium.OpenAsync(new VisitorOptions { Width = 1440, Height = 900 }, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _visitor.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task Two_sessions_are_found_chosen_and_disconnected_without_a_mouse()
    {
        await SignInAsync("/sessions");
        await KeysAsync("/");
        await Page.Keyboard.TypeAsync("10.20.0");
        await Page.WaitForURLAsync("**/sessions?q=10.20.0");
        Assert.True(await Page.EvaluateAsync<bool>("document.activeElement.matches('[data-search]')"), "The filter took the focus out of the search box.");

        await KeysAsync("Tab", "j", "x", "j", "x");
        await Assertions.Expect(Page.Locator("[data-bulk-count]")).ToHaveTextAsync("2 sessions selected");
        await StepToAsync("Shift+Tab", "Disconnect");
        await KeysAsync("Enter");
        await Page.Locator("dialog#disconnect[open]").WaitForAsync();
        Assert.Equal("Cancel", await FocusedTextAsync());
        await KeysAsync("Escape");
        await Assertions.Expect(Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        Assert.Equal("Disconnect", await FocusedTextAsync());
        var open = _site.Desk.Service<SessionTable>().Count;
        await KeysAsync("Enter", "Tab");
        Assert.Equal("Disconnect 2 sessions", await FocusedTextAsync());
        await KeysAsync("Enter");

        await Assertions.Expect(Page.Locator("[data-toasts][role=status] .toast p").First).ToHaveTextAsync("2 disconnected.", DeskTab.Soon);
        await Assertions.Expect(Page.Locator("[data-bulk-count]")).Not.ToContainTextAsync("2 sessions", DeskTab.SoonToContain);
        await FocusIsSomewhereAsync();
        Assert.Equal(open - 2, _site.Desk.Service<SessionTable>().Count);
        Assert.Empty(await _visitor.ComplaintsAsync());
    }

    [Fact]
    public async Task Forty_steps_back_never_bring_the_focus_under_the_head()
    {
        await SignInAsync("/sessions");
        await Page.Locator("#sessions tr[data-row] a").Last.FocusAsync();
        List<string> covered = [];
        for (var step = 0; step < 40; step++)
        {
            await Page.Keyboard.PressAsync("Shift+Tab");
            if (await Page.EvaluateAsync<string?>(
                """
                () => {
                  const focused = document.activeElement;
                  const box = focused.getBoundingClientRect();
                  const hit = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 12));
                  return focused !== document.body && hit !== null && (focused.contains(hit) || hit.contains(focused)) ? null : `${focused.outerHTML.slice(0, 80)} under ${hit?.outerHTML.slice(0, 80)}`;
                }
                """) is { } what)
            {
                covered.Add(what);
            }
        }

        Assert.Empty(covered);
    }

    [Fact]
    public async Task Single_keys_do_what_the_help_says_and_never_while_somebody_types()
    {
        await SignInAsync("/overview");
        await KeysAsync("g", "s");
        await Page.WaitForURLAsync("**/sessions");
        await Page.Locator("[data-live-state=live]").WaitForAsync();
        await KeysAsync("j", "j", "k", "j");
        Assert.Equal(1, await Page.EvaluateAsync<int>("[...document.querySelectorAll('#sessions tr[data-row]')].indexOf(document.activeElement.closest('tr'))"));

        await KeysAsync("?");
        await Page.Locator("dialog[data-help-dialog][open]").WaitForAsync();
        await _visitor.PictureAsync("desk-shortcuts");
        await KeysAsync("Escape");
        await Assertions.Expect(Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        Assert.True(await Page.EvaluateAsync<bool>("document.activeElement.closest('tr') !== null"), "The focus did not come back to the row.");
        await KeysAsync("p");
        await Assertions.Expect(Page.Locator("[data-live-badge]")).ToHaveTextAsync("Paused");
        await KeysAsync("p");
        await Assertions.Expect(Page.Locator("[data-live-badge]")).ToHaveTextAsync("Live");

        await KeysAsync("/");
        await Page.Keyboard.TypeAsync("?pxjk/gs");
        Assert.Equal("?pxjk/gs", await Page.Locator("[data-search]").InputValueAsync());
        Assert.Equal(0, await Page.Locator("dialog[open], [data-banner=paused]").CountAsync());
        await Page.GotoAsync(new Uri(_site.Desk.Admin, "/sessions").ToString());
        await KeysAsync("j", "Enter");
        await Page.WaitForURLAsync("**/sessions/S*");
    }

    [Fact]
    public async Task Whoever_does_not_want_single_keys_switches_them_off()
    {
        await SignInAsync("/me");
        await Page.Locator("#shortcuts").FocusAsync();
        await KeysAsync("ArrowDown");
        Assert.Equal("off", await Page.Locator("#shortcuts").InputValueAsync());
        await StepToAsync("Tab", "Keep");
        await KeysAsync("Enter");
        await Page.Locator("body[data-shortcuts=off]").WaitForAsync();
        await Page.GotoAsync(new Uri(_site.Desk.Admin, "/sessions").ToString());
        await Page.Locator("[data-live-state=live]").WaitForAsync();

        await KeysAsync("?", "p", "j", "g", "r");

        Assert.Equal(0, await Page.Locator("dialog[open], [data-banner=paused], tr[data-cursor]").CountAsync());
        Assert.EndsWith("/sessions", Page.Url, StringComparison.Ordinal);
    }

    private async Task SignInAsync(string path)
    {
        var account = await _site.AccountAsync(DeskRole.Administrator);
        await Page.GotoAsync(new Uri(_site.Desk.Admin, path).ToString());
        await Page.Locator("#username:focus").WaitForAsync();
        await Page.Keyboard.TypeAsync(account.Name);
        await KeysAsync("Tab");
        await Page.Keyboard.TypeAsync(AccessSite.Password);
        await Page.Keyboard.PressAsync("Enter");
        await Page.WaitForURLAsync($"**{path}");
        await Page.Locator("html[data-js]").WaitForAsync();
    }

    private async Task KeysAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            await Page.Keyboard.PressAsync(key);
        }
    }

    private async Task StepToAsync(string key, string text)
    {
        for (var step = 0; step < 40; step++)
        {
            await Page.Keyboard.PressAsync(key);
            await FocusIsSomewhereAsync();
            if (await FocusedTextAsync() == text)
            {
                return;
            }
        }

        Assert.Fail($"No way to {text}.");
    }

    private Task<string> FocusedTextAsync() => Page.EvaluateAsync<string>("document.activeElement.textContent.trim()");

    private async Task FocusIsSomewhereAsync() => Assert.NotEqual("BODY", await Page.EvaluateAsync<string>("document.activeElement.tagName"), StringComparer.Ordinal);
}
