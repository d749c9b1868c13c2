using Microsoft.Playwright;
using NacGateway.Core.Sessions;
using NacGateway.TestKit;
using NacGateway.Web.Desk.Live;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Live;

/// <summary>Pages of the running gateway follow it in a browser: they change in place, hold still when they are told to, and come back after it.</summary>
public sealed class LivePageTests(Chromium chromium) : IDisposable
{
    private readonly TemporaryFolder _folder = new("live");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_session_that_changes_in_the_store_changes_on_the_page_and_a_pause_holds()
    {
        await using var desk = await StartAsync();
        await using var tab = await DeskTab.OpenAsync(chromium, desk, "/sessions");
        var session = desk.Service<SessionTable>().Snapshot().First();
        var down = tab.Row(session.AcctSessionId).Locator("[data-cell=down]");
        var first = await down.InnerTextAsync();

        Bump(session);
        await Assertions.Expect(down).Not.ToHaveTextAsync(first, DeskTab.Soon);
        var second = await down.InnerTextAsync();
        await tab.Page.Locator("[data-live-pause]").ClickAsync();
        Bump(session);
        await Assertions.Expect(tab.Page.Locator("[data-banner=paused]")).ToContainTextAsync("wait", DeskTab.SoonToContain);
        await Assertions.Expect(tab.Page.Locator("[data-banner=paused]")).Not.ToContainTextAsync("No change waits", DeskTab.SoonToContain);
        Assert.Equal(second, await down.InnerTextAsync());
        await tab.Page.Locator("[data-banner=paused] button").ClickAsync();

        await Assertions.Expect(down).Not.ToHaveTextAsync(second, DeskTab.Soon);
        Assert.Equal("Live", await tab.Page.Locator("[data-live-badge]").InnerTextAsync());
        Assert.Empty(await tab.Visitor.ComplaintsAsync());
    }

    [Fact]
    public async Task New_decisions_are_put_in_at_the_top_or_announced_to_somebody_who_is_at_work_in_the_list()
    {
        await using var desk = await StartAsync();
        await using var tab = await DeskTab.OpenAsync(chromium, desk, "/decisions");
        var rows = tab.Page.Locator("#decisions tr[data-row]");

        await DeskTab.RefuseAsync(desk, "first.of.all");
        await Assertions.Expect(rows.First).ToContainTextAsync("first.of.all", DeskTab.SoonToContain);
        await rows.Nth(3).Locator("a").FocusAsync();
        var focused = await rows.Nth(3).GetAttributeAsync("data-row");
        await DeskTab.RefuseAsync(desk, "second.of.all");
        var offer = tab.Page.Locator("[data-list-changed] button");
        await Assertions.Expect(offer).ToHaveTextAsync("List changed. Show 1 new", DeskTab.Soon);

        Assert.Equal(focused, await rows.Nth(3).GetAttributeAsync("data-row"));
        Assert.Equal(focused, await tab.Page.EvaluateAsync<string?>("document.activeElement.closest('tr')?.dataset.row"));
        await offer.ClickAsync();
        await Assertions.Expect(rows.First).ToContainTextAsync("second.of.all", DeskTab.SoonToContain);
        Assert.NotEqual("BODY", await tab.Page.EvaluateAsync<string>("document.activeElement.tagName"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_restart_of_the_gateway_keeps_filter_and_choice_and_is_told()
    {
        await using var desk = await StartAsync();
        await using var tab = await DeskTab.OpenAsync(chromium, desk, "/sessions?q=10.20.0&sort=user");
        var row = tab.Page.Locator("#sessions tr[data-row]").First;
        var id = (await row.GetAttributeAsync("data-row"))!;
        await row.Locator("input[data-select]").CheckAsync();

        await desk.RestartAsync(() => Assertions.Expect(tab.Page.Locator("[data-live-badge]")).ToHaveTextAsync("Reconnecting", DeskTab.Soon));
        await tab.UntilLiveAsync();
        Bump(desk.Service<SessionTable>().Snapshot().First(session => session.AcctSessionId == id));

        await Assertions.Expect(tab.Row(id).Locator("[data-cell=down]")).ToContainTextAsync("GB", DeskTab.SoonToContain);
        await Assertions.Expect(tab.Row(id).Locator("input[data-select]")).ToBeCheckedAsync();
        await Assertions.Expect(tab.Page.Locator("[data-bulk-count]")).ToHaveTextAsync("1 session selected");
        Assert.Equal("10.20.0", await tab.Page.Locator("[data-search]").InputValueAsync());
        Assert.EndsWith("/sessions?q=10.20.0&sort=user", tab.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eight_tabs_over_https_are_all_live_and_one_that_is_hidden_has_no_stream()
    {
        using var pki = new TestPki();
        var (certificate, key, _) = pki.Write(_folder, "desk", pki.Issue("desk", "127.0.0.1"));
        await using var desk = await StartAsync(("Admin:CertificateFile", certificate), ("Admin:CertificateKeyFile", key));
        await using var tab = await DeskTab.OpenAsync(chromium, desk, "/sessions?q=server%3Adc-1");
        var session = desk.Service<SessionTable>().Snapshot().First(one => one.ServerName == "dc-1");
        List<IPage> others = [];
        for (var number = 0; number < 7; number++)
        {
            others.Add(await tab.AnotherAsync("/sessions"));
        }

        Bump(session);
        Assert.Equal("h2", await tab.Page.EvaluateAsync<string>("performance.getEntriesByType('navigation')[0].nextHopProtocol"));
        foreach (var page in others.Append(tab.Page))
        {
            await Assertions.Expect(page.Locator($"tr[data-row='{session.AcctSessionId}'] [data-cell=down]")).ToContainTextAsync("GB", DeskTab.SoonToContain);
        }

        var hub = desk.Service<LiveHub>();
        Assert.Equal(2, hub.Views);
        await tab.HideAsync(isHidden: true);
        await DeskTab.EventuallyAsync(() => hub.Views == 1);
        await tab.HideAsync(isHidden: false);
        await DeskTab.EventuallyAsync(() => hub.Views == 2);
    }

    private static void Bump(ActiveSession session) => session.Traffic.Add(0, 7_000_000_000, TimeProvider.System.GetTimestamp());

    private static async Task<DeskSite> StartAsync(params (string Key, string Value)[] settings)
    {
        var desk = new DeskSite
        {
            Seed = async database =>
            {
                var now = TimeProvider.System.GetUtcNow();
                await DeskSeed.SessionsAsync(database, 100, now);
                await DeskSeed.RefusalsAsync(database, now);
            },
            More = settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value, StringComparer.Ordinal),
        };
        await desk.InitializeAsync();
        return desk;
    }
}
