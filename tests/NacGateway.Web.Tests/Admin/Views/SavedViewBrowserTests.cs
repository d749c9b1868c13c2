using Microsoft.Playwright;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Views;

/// <summary>Saving, renaming, deleting and taking back a list in Chromium, by the keyboard alone, and once without script.</summary>
public sealed class SavedViewBrowserTests(Chromium chromium, Sessions.SessionsSite site) : IClassFixture<Sessions.SessionsSite>
{
    private const int MostSteps = 60;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_script_the_page_stays_and_a_deletion_is_taken_back_from_the_toast()
    {
        await using var visitor = await OpenAsync(javaScript: true, "keyboard-1", "/sessions?state=any");
        var page = visitor.Page;
        var menu = page.Locator("#saved-views > summary");
        var view = page.Locator("#views a[data-view]");

        // The list is another one by now than the one the page was loaded with.
        await page.Locator("a.sort:text('User')").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**sort=user**");
        await page.EvaluateAsync("window.stayed = true");
        await menu.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#view-name").FocusAsync();
        await page.Keyboard.TypeAsync("Night");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(view).ToHaveAttributeAsync("href", "/sessions?state=any&sort=user&dir=asc");
        await Assertions.Expect(view).ToHaveAttributeAsync("aria-current", "true");
        Assert.Equal("SUMMARY", await page.EvaluateAsync<string>("document.activeElement.tagName"));
        await page.Locator("a.sort:text('User')").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(view).Not.ToHaveAttributeAsync("aria-current", "true");

        await menu.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        // The open menu lies over links of the page, which are then too small to be hit; its own are not.
        Assert.DoesNotContain(await visitor.FindBarriersAsync(), barrier => !barrier.StartsWith("target-size", StringComparison.Ordinal));
        Assert.Equal(0, await page.EvaluateAsync<int>("[...document.querySelectorAll('#views :is(a, button, input:not([type=hidden]), select)')].filter(one => one.getBoundingClientRect().height < 24).length"));
        await visitor.PictureAsync("desk-saved-views");
        await visitor.LookAsync(dark: true, 360);
        Assert.False(await visitor.ScrollsSidewaysAsync());
        await visitor.PictureAsync("desk-saved-views-360-dark");
        await visitor.LookAsync(dark: false, 1440);
        await StepAsync(page, "Tab", "Delete the view Night");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(view).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".toast").Last).ToContainTextAsync("The view Night is deleted.");
        Assert.Equal("SUMMARY", await page.EvaluateAsync<string>("document.activeElement.tagName"));
        await StepAsync(page, "Shift+Tab", "Undo");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(view).ToHaveTextAsync("Night");
        Assert.True(await page.EvaluateAsync<bool>("window.stayed === true"));
        Assert.Empty(await visitor.ComplaintsAsync());
    }

    [Fact]
    public async Task A_name_that_cannot_be_is_said_at_its_field()
    {
        await using var visitor = await OpenAsync(javaScript: true, "keyboard-2", "/sessions");
        var page = visitor.Page;

        await page.Locator("#saved-views > summary").ClickAsync();
        await page.Locator("#view-name").FillAsync("   ");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("#view-name")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.Locator("#view-name")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Without_script_all_of_it_is_pages()
    {
        await using var visitor = await OpenAsync(javaScript: false, "keyboard-3", "/sessions?state=any");
        var page = visitor.Page;

        await OpenMenuAsync(page);
        await page.Locator("#view-name").FocusAsync();
        await page.Keyboard.TypeAsync("Night");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("The view Night is kept.");

        await OpenMenuAsync(page);
        await page.Locator("[aria-label='Change the view Night']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#name").FillAsync("Day");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#views a[href='/sessions?state=any']")).ToHaveTextAsync("Day");

        await page.Locator("[aria-label='Delete the view Day']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("The view Day is deleted.");
        await page.Locator(".toast button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#views a[href='/sessions?state=any']")).ToHaveTextAsync("Day");
    }

    private static async Task OpenMenuAsync(IPage page)
    {
        await page.Locator("#saved-views > summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Steps by the keyboard until the focus is on a button of that name.</summary>
    private static async Task StepAsync(IPage page, string key, string name)
    {
        for (var i = 0; i < MostSteps; i++)
        {
            await page.Keyboard.PressAsync(key);
            if (await page.EvaluateAsync<string>("(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim()") == name)
            {
                return;
            }
        }

        Assert.Fail($"{MostSteps} x {key} did not reach '{name}'.");
    }

    private async Task<Visitor> OpenAsync(bool javaScript, string name, string path)
    {
        var visitor = await chromium.OpenAsync(new VisitorOptions { Width = 1440, Height = 900, JavaScript = javaScript }, Cancellation);
        await DeskWalkTests.SignInAsync(visitor, name: name);
        await visitor.Page.GotoAsync(new Uri(site.Desk.Admin, path).ToString());
        return visitor;
    }
}
