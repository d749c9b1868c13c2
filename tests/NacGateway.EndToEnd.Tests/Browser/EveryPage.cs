using Microsoft.Playwright;
using NacGateway.TestKit;

namespace NacGateway.EndToEnd.Tests.Browser;

/// <summary>Leads a visitor to every page that the gate and the portal have, one after the other.</summary>
internal static class EveryPage
{
    /// <summary>Visits all pages; <paramref name="look"/> gets each page's name and the response that brought it.</summary>
    public static async Task VisitAsync(Visitor visitor, Site site, Func<string, IResponse, Task> look)
    {
        var page = visitor.Page;

        // The gate's page leads on at once; to look at it, the way on is closed.
        await page.RouteAsync("**/portal", route => route.FulfillAsync(new RouteFulfillOptions { Status = 204 }));
        await look("blocked", (await page.GotoAsync(site.Gateway.Gate.AbsoluteUri))!);
        await page.UnrouteAsync("**/portal");

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

        async Task<IResponse> OpenAsync(string path) => (await page.GotoAsync(new Uri(site.Gateway.Portal, path).AbsoluteUri))!;

        async Task<IResponse> SignInAsync(string userName, string password)
        {
            await OpenAsync("/portal");
            await page.Locator("#username").FillAsync(userName);
            await page.Locator("#password").FillAsync(password);
            await page.Locator("#terms").CheckAsync();
            return await SubmitAsync();
        }

        Task<IResponse> SubmitAsync() => page.RunAndWaitForResponseAsync(
            async () =>
            {
                await page.Locator("main form button[type=submit]").ClickAsync();
                await page.WaitForLoadStateAsync(LoadState.Load);
            },
            response => response.Request.IsNavigationRequest && response.Status is < 300 or >= 400);
    }
}
