using Microsoft.Playwright;
using NacGateway.Core.Administration;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Live;

/// <summary>An administrator's browser at a live page of the desk, the pointer away from its lists.</summary>
internal sealed class DeskTab : IAsyncDisposable
{
    private const float Patience = 20_000;

    private readonly DeskSite _desk;

    private DeskTab(DeskSite desk, Visitor visitor) => (_desk, Visitor) = (desk, visitor);

    /// <summary>Long enough for a busy machine; what is awaited comes within two seconds.</summary>
    public static LocatorAssertionsToHaveTextOptions Soon { get; } = new() { Timeout = Patience };

    /// <summary>See <see cref="Soon"/>.</summary>
    public static LocatorAssertionsToContainTextOptions SoonToContain { get; } = new() { Timeout = Patience };

    public Visitor Visitor { get; }

    public IPage Page => Visitor.Page;

    public static async Task<DeskTab> OpenAsync(Chromium chromium, DeskSite desk, string path, DeskRole role = DeskRole.Administrator, string name = "tester")
    {
        var visitor = await chromium.OpenAsync(new VisitorOptions { Width = 1440, Height = 900, AnyCertificate = true }, TestContext.Current.CancellationToken);
        await visitor.Page.Context.SetExtraHTTPHeadersAsync(new Dictionary<string, string>(StringComparer.Ordinal) { [HeaderAuthentication.Role] = role.ToString(), [HeaderAuthentication.Name] = name });
        var tab = new DeskTab(desk, visitor);
        await visitor.Page.GotoAsync(new Uri(desk.Admin, path).ToString());
        await tab.UntilLiveAsync();
        return tab;
    }

    public ILocator Row(string id) => Page.Locator($"tr[data-row='{id}']");

    public Task UntilLiveAsync() => Page.Locator("[data-live-state=live]").WaitForAsync(new LocatorWaitForOptions { Timeout = Patience });

    /// <summary>Another tab of the same browser.</summary>
    public async Task<IPage> AnotherAsync(string path)
    {
        var page = await Page.Context.NewPageAsync();
        await page.GotoAsync(new Uri(_desk.Admin, path).ToString());
        await page.Locator("[data-live-state=live]").WaitForAsync(new LocatorWaitForOptions { Timeout = Patience });
        return page;
    }

    /// <summary>As if another tab were in front: a headless browser shows all of them.</summary>
    public Task HideAsync(bool isHidden) => Page.EvaluateAsync(
        """
        hidden => {
          Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """,
        isHidden);

    public ValueTask DisposeAsync() => Visitor.DisposeAsync();

    /// <summary>Somebody is refused.</summary>
    public static async Task RefuseAsync(DeskSite desk, string user)
    {
        await using var database = await desk.DatabaseAsync();
        database.Append(new PolicyDecision
        {
            At = TimeProvider.System.GetUtcNow(),
            AcctSessionId = Guid.NewGuid().ToString("N"),
            UserName = user,
            UserKey = SessionRows.UserKey(user),
            Outcome = "Rejected",
            ServerName = "dc-1",
            IsGranted = false,
            Words = "dc-1 rejected it. Access was refused.",
        });
        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public static async Task EventuallyAsync(Func<bool> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, patience.Token);
        }
    }
}
