using Microsoft.Playwright;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Browser;

/// <summary>The whole way of a visitor in a real browser, which uses the gate as its proxy and reaches the portal directly.</summary>
public sealed class JourneyTests(Chromium chromium)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true, "journey")]
    [InlineData(false, false, "journey-plain")]
    public async Task A_visitor_gets_from_511_to_the_site_and_back(bool javaScript, bool cookies, string pictures)
    {
        await using var site = await Site.StartAsync(Cancel);
        await using var visitor = await chromium.OpenAsync(
            new VisitorOptions { JavaScript = javaScript, Cookies = cookies, Proxy = site.Gateway.Gate.AbsoluteUri }, Cancel);
        var page = visitor.Page;

        // 1. What was asked for is not there: the gate answers, and its page leads to the portal by itself.
        var blocked = await page.GotoAsync("http://site.test/", new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await AtAsync(page, site, "/portal");
        await visitor.PictureAsync($"{pictures}-1-sign-in");

        // 2. The sign-in leads to the status page.
        await page.GetByLabel("Username").FillAsync("alice");
        await page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync("wonderland");
        await page.GetByLabel("I accept the terms of use").CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await AtAsync(page, site, "/portal/status");
        await visitor.PictureAsync($"{pictures}-2-status");

        // 3. The site is there now, and was not reached before.
        var reachedBefore = site.Origin.Requests.Count;
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Continue" }).ClickAsync();
        await page.GetByText(Origin.Greeting).WaitForAsync();
        await visitor.PictureAsync($"{pictures}-3-site");

        // 4. Logging off ends it at once.
        await page.GotoAsync(new Uri(site.Gateway.Portal, "/portal/status").AbsoluteUri);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Log off" }).ClickAsync();
        await page.GetByText("You are logged off").WaitForAsync();
        await visitor.PictureAsync($"{pictures}-4-bye");
        var closed = await page.GotoAsync("http://site.test/again", new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await AtAsync(page, site, "/portal");

        Assert.Equal((511, 511), (blocked!.Status, closed!.Status));
        Assert.Equal(0, reachedBefore);
        Assert.DoesNotContain("GET /again", site.Origin.Requests, StringComparer.Ordinal);
        Assert.Empty(await visitor.CookiesAsync());
        Assert.Empty(await visitor.ComplaintsAsync());
    }

    [Fact]
    public async Task A_challenge_is_one_more_page_whose_field_hides_the_code()
    {
        await using var site = await Site.StartAsync(Cancel);
        await using var visitor = await chromium.OpenAsync(new VisitorOptions { JavaScript = false, Cookies = false }, Cancel);
        var page = visitor.Page;

        await SignInAsync(visitor, site, "bob", "builder");
        var field = page.GetByLabel("Code or answer");
        var hidden = await field.GetAttributeAsync("type");
        await visitor.PictureAsync("challenge");
        await field.FillAsync("123456");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Continue" }).ClickAsync();
        await AtAsync(page, site, "/portal/status");

        Assert.Equal("password", hidden); // Prompt = No-Echo.
        Assert.Empty(await visitor.ComplaintsAsync());
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough_to_sign_in()
    {
        await using var site = await Site.StartAsync(Cancel);
        await using var visitor = await chromium.OpenAsync(new VisitorOptions(), Cancel);
        var page = visitor.Page;

        await page.GotoAsync(new Uri(site.Gateway.Portal, "/portal").AbsoluteUri);
        await page.GetByLabel("Username").FocusAsync();
        await page.Keyboard.TypeAsync("alice");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("wonderland");
        while (await page.EvaluateAsync<string>("document.activeElement.id") != "terms")
        {
            await page.Keyboard.PressAsync("Tab"); // A button that shows the password may lie between.
        }

        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Enter");

        await AtAsync(page, site, "/portal/status");
    }

    private static async Task AtAsync(IPage page, Site site, string path)
    {
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(site.Gateway.Portal, path).AbsoluteUri, new PageAssertionsToHaveURLOptions { Timeout = 30_000 });
        await page.Locator("main h1").WaitForAsync();
    }

    private static async Task SignInAsync(Visitor visitor, Site site, string userName, string password)
    {
        var page = visitor.Page;
        await page.GotoAsync(new Uri(site.Gateway.Portal, "/portal").AbsoluteUri);
        await page.Locator("#username").FillAsync(userName);
        await page.Locator("#password").FillAsync(password);
        await page.Locator("#terms").CheckAsync();
        await page.Locator("main form button[type=submit]").ClickAsync();
    }
}
