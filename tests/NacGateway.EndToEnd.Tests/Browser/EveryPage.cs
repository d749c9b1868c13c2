using Microsoft.Playwright;
using NacGateway.TestKit;

namespace NacGateway.EndToEnd.Tests.Browser;

/// <summary>Leads a visitor to every page that the gate and the portal have, one after the other.</summary>
internal static class EveryPage
{
    /// <summary>Visits all pages; <paramref name="look"/> gets each page's name and the response that brought it.</summary>
    public static async Task VisitAsync(Visitor visitor, Func<string, IResponse, Task> look, CancellationToken cancellationToken)
    {
        await using (var site = await Site.StartAsync(cancellationToken))
        {
            await VisitOrderlyAsync(visitor.Page, site, look);
        }

        await using var trouble = await Site.StartAsync(cancellationToken, settings: [.. Site.Method("MsChapV2"), ("Throttle:UserFailures", "2")]);
        await VisitTroubleAsync(visitor.Page, trouble, look);
    }

    /// <summary>
    /// Presses the button and waits until the next page is there. Its load event is listened for before the button is pressed: a wait for
    /// the state that begins while the page loads can miss the event between looking and listening.
    /// </summary>
    public static async Task<IResponse> SubmitAsync(IPage page)
    {
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Load += OnLoad;
        try
        {
            return await page.RunAndWaitForResponseAsync(
                async () =>
                {
                    await page.Locator("main form button[type=submit]").ClickAsync();
                    await loaded.Task.WaitAsync(TimeSpan.FromSeconds(30));
                },
                response => response.Request.IsNavigationRequest && response.Status is < 300 or >= 400);
        }
        finally
        {
            page.Load -= OnLoad;
        }

        void OnLoad(object? sender, IPage target) => loaded.TrySetResult();
    }

    private static async Task VisitOrderlyAsync(IPage page, Site site, Func<string, IResponse, Task> look)
    {
        // The gate's page leads on to the portal at once; to look at it, that step leads nowhere: 204 leaves the page as it is.
        var portal = site.Gateway.Portal.AbsoluteUri + "**";
        await page.RouteAsync(portal, route => route.FulfillAsync(new RouteFulfillOptions { Status = 204 }));
        // Listened for, as the browser, already on its way on, may give no response for the navigation.
        var gate = site.Gateway.Gate.AbsoluteUri;
        await look("blocked", await page.RunAndWaitForResponseAsync(() => page.GotoAsync(gate), response => response.Url == gate));
        await page.UnrouteAsync(portal);

        await look("sign-in", await OpenAsync("/portal"));
        await look("help", await OpenAsync("/portal/help"));
        await look("not-signed-in", await OpenAsync("/portal/status"));
        await look("no-such-page", await OpenAsync("/portal/no-such-page"));

        await OpenAsync("/portal");
        await look("nothing-filled-in", await SubmitAsync());
        await look("rejected", await SignInAsync("mallory", "anything"));
        await look("rejected-with-message", await SignInAsync("eve", "anything"));
        await look("challenge", await SignInAsync("bob", "builder"));
        await look("challenge-empty", await SubmitAsync());
        await page.Locator("#answer").FillAsync("654321");
        await look("challenge-wrong", await SubmitAsync());
        await look("status", await SignInAsync("alice", "wonderland"));
        await look("bye", await SubmitAsync());

        Task<IResponse> OpenAsync(string path) => EveryPage.OpenAsync(page, site, path);
        Task<IResponse> SignInAsync(string userName, string password) => EveryPage.SignInAsync(page, site, userName, password);
        Task<IResponse> SubmitAsync() => EveryPage.SubmitAsync(page);
    }

    private static async Task VisitTroubleAsync(IPage page, Site site, Func<string, IResponse, Task> look)
    {
        await look("expired", await SignInAsync(page, site, "olga", "yesterday"));
        await SignInAsync(page, site, "mallory", "one");
        await SignInAsync(page, site, "mallory", "two");
        await look("throttled", await SignInAsync(page, site, "mallory", "three"));
        await site.StopRadiusAsync();
        await look("unavailable", await SignInAsync(page, site, "alice", "wonderland"));
    }

    private static async Task<IResponse> OpenAsync(IPage page, Site site, string path) => (await page.GotoAsync(new Uri(site.Gateway.Portal, path).AbsoluteUri))!;

    private static async Task<IResponse> SignInAsync(IPage page, Site site, string userName, string password)
    {
        await OpenAsync(page, site, "/portal");
        await page.Locator("#username").FillAsync(userName);
        await page.Locator("#password").FillAsync(password);
        await page.Locator("#terms").CheckAsync();
        return await SubmitAsync(page);
    }
}
