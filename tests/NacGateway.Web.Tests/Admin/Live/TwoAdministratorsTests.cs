using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Core.Sessions;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Live;

/// <summary>Two administrators at once, each with a browser: what one does the other sees, and neither undoes the other unawares.</summary>
public sealed class TwoAdministratorsTests(Chromium chromium) : IAsyncLifetime
{
    private const string Conflict = "Version 2 was saved while you edited.";

    private readonly DeskSite _desk = new() { Seed = database => DeskSeed.SessionsAsync(database, 100, TimeProvider.System.GetUtcNow()) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _desk.InitializeAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task What_one_disconnects_goes_from_the_others_page_without_reload()
    {
        await using var ada = await DeskTab.OpenAsync(chromium, _desk, "/sessions", DeskRole.HelpDesk, "ada");
        await using var grace = await DeskTab.OpenAsync(chromium, _desk, "/sessions", DeskRole.Administrator, "grace");
        var id = AnySession();
        await grace.Page.EvaluateAsync("window.loadedOnce = true");

        await AskAsync(ada, id);
        await ConfirmAsync(ada);

        await Assertions.Expect(ada.Page.Locator("[data-toasts] .toast p").First).ToContainTextAsync("Disconnected", DeskTab.SoonToContain);
        await Assertions.Expect(grace.Row(id)).ToHaveCountAsync(0, new LocatorAssertionsToHaveCountOptions { Timeout = 20_000 });
        await Assertions.Expect(grace.Page.Locator("[data-tile=open-sessions] [data-value]")).ToHaveTextAsync("9", DeskTab.Soon);
        Assert.True(await grace.Page.EvaluateAsync<bool>("window.loadedOnce"));
        Assert.Empty(await ada.Visitor.ComplaintsAsync());
        Assert.Empty(await grace.Visitor.ComplaintsAsync());
    }

    [Fact]
    public async Task Both_disconnect_the_same_at_once_and_one_is_told_that_it_was_done()
    {
        await using var ada = await DeskTab.OpenAsync(chromium, _desk, "/sessions", DeskRole.HelpDesk, "ada");
        await using var grace = await DeskTab.OpenAsync(chromium, _desk, "/sessions", DeskRole.HelpDesk, "grace");
        var id = AnySession();
        await AskAsync(ada, id);
        await AskAsync(grace, id);

        await Task.WhenAll(ConfirmAsync(ada), ConfirmAsync(grace));

        var said = await Task.WhenAll(new[] { ada, grace }.Select(tab => tab.Page.Locator("[data-toasts] .toast p").First.InnerTextAsync()));
        Assert.Single(said, words => words == "Disconnected.");
        Assert.Single(said, words => words.StartsWith("It had ended already", StringComparison.Ordinal));
        await using var database = await _desk.DatabaseAsync();
        var ended = Assert.Single(await database.Set<SessionEvent>().Where(line => line.AcctSessionId == id && line.Kind == SessionEventKind.Ended).ToListAsync(Cancellation));
        Assert.Contains(ended.By, ["administrator ada", "administrator grace"], StringComparer.Ordinal);
        Assert.Equal(["ada", "grace"], (await database.Set<AuditRecord>().Where(line => line.Action == "session.disconnect" && line.Target == id).Select(line => line.Actor).Distinct().ToListAsync(Cancellation)).Order(StringComparer.Ordinal).ToArray());
        Assert.Equal(9, _desk.Service<SessionTable>().Count);
    }

    [Fact]
    public async Task A_viewer_beside_the_help_desk_sees_no_act_and_can_do_none()
    {
        await using var helpDesk = await DeskTab.OpenAsync(chromium, _desk, "/sessions", DeskRole.HelpDesk, "ada");
        await using var viewer = await DeskTab.OpenAsync(chromium, _desk, "/sessions", DeskRole.Viewer, "vera");
        var id = AnySession();

        Assert.NotEqual(0, await helpDesk.Page.Locator("[formaction='/sessions/disconnect']").CountAsync());
        Assert.Equal(0, await viewer.Page.Locator("[formaction], [data-select], dialog[data-dialog]").CountAsync());
        Assert.Equal(403, await SendAsync(viewer, "/sessions/disconnect", "application/x-www-form-urlencoded", $"id={id}&confirm=yes"));
        Assert.Equal(403, await SendAsync(viewer, $"/api/v1/sessions/{id}/disconnect", "application/json", "{}"));
        Assert.True(_desk.Service<SessionTable>().TryGet(id, out _));
        Assert.Equal(200, await SendAsync(helpDesk, $"/api/v1/sessions/{id}/disconnect", "application/json", "{}"));
        await Assertions.Expect(viewer.Row(id)).ToHaveCountAsync(0, new LocatorAssertionsToHaveCountOptions { Timeout = 20_000 });
    }

    [Fact]
    public async Task Both_edit_the_rules_and_the_second_is_told_what_changed_and_loses_nothing()
    {
        await using var ada = await EditorAsync("/policies/edit", "ada");
        await using var grace = await EditorAsync("/policies/edit", "grace");
        await AppendAsync(ada, "#document", "// ada was here");
        await AppendAsync(grace, "#document", "// grace was here");
        await PressAsync(ada, "Preview changes");
        await PressAsync(ada, "Save as version 2");
        await ada.Page.WaitForURLAsync("**/policies");

        var status = await PressAsync(grace, "Preview changes");

        Assert.Equal((int)HttpStatusCode.Conflict, status);
        await grace.Page.GetByText(Conflict, new PageGetByTextOptions { Exact = true }).WaitForAsync();
        await grace.PictureAsync("desk-policies-conflict");
        Assert.Contains("ada was here", await grace.Page.Locator("tr[data-change=added]").InnerTextAsync(), StringComparison.Ordinal);
        Assert.EndsWith("// grace was here", await grace.Page.Locator("#document").InputValueAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("ada was here", await grace.Page.Locator("#document").InputValueAsync(), StringComparison.Ordinal);
        Assert.Empty(await grace.FindBarriersAsync());
        await PressAsync(grace, "Preview changes");
        await PressAsync(grace, "Save as version 3");
        await grace.Page.WaitForURLAsync("**/policies");
    }

    [Fact]
    public async Task Both_edit_the_garden_and_the_second_is_told_who_was_quicker_and_loses_nothing()
    {
        const string Path = "/settings/value?name=WalledGarden:Hosts";
        await using var ada = await EditorAsync(Path, "ada");
        await using var grace = await EditorAsync(Path, "grace");
        await AppendAsync(ada, "#value", "ada.example");
        await AppendAsync(grace, "#value", "grace.example");
        await PressAsync(ada, "Preview");
        await PressAsync(grace, "Preview");
        await PressAsync(ada, "Save");

        var status = await PressAsync(grace, "Save");

        Assert.Equal((int)HttpStatusCode.Conflict, status);
        await grace.Page.GetByText("Somebody else changed it meanwhile. Nothing of yours was saved.", new PageGetByTextOptions { Exact = true }).WaitForAsync();
        Assert.Contains("ada.example", await grace.Page.Locator("tr[data-change=removed]").InnerTextAsync(), StringComparison.Ordinal);
        Assert.EndsWith("grace.example", await grace.Page.Locator("#value").InputValueAsync(), StringComparison.Ordinal);
        Assert.Empty(await grace.FindBarriersAsync());
    }

    private static async Task AskAsync(DeskTab tab, string id)
    {
        await tab.Row(id).Locator("input[data-select]").CheckAsync();
        await tab.Page.Locator("#sessions-bulk [data-confirm=disconnect]").ClickAsync();
        await tab.Page.Locator("dialog#disconnect[open]").WaitForAsync();
    }

    private static Task ConfirmAsync(DeskTab tab) => tab.Page.Locator("dialog#disconnect [data-confirm-go]").ClickAsync();

    /// <summary>Sends what the page does not offer, with its own token.</summary>
    private static Task<int> SendAsync(DeskTab tab, string path, string type, string body) => tab.Page.EvaluateAsync<int>(
        """
        async ({ path, type, body }) => (await fetch(path, {
          method: 'POST', body, headers: { 'Content-Type': type, Accept: 'application/json', 'X-CSRF': document.querySelector('meta[name=csrf]').content },
        })).status
        """,
        new { path, type, body });

    private async Task<Visitor> EditorAsync(string path, string name)
    {
        var visitor = await chromium.OpenAsync(new VisitorOptions { Width = 1440, Height = 900 }, Cancellation);
        await DeskWalkTests.SignInAsync(visitor, name: name);
        await visitor.Page.GotoAsync(new Uri(_desk.Admin, path).ToString());
        return visitor;
    }

    private static async Task AppendAsync(Visitor visitor, string field, string line)
    {
        var before = await visitor.Page.Locator(field).InputValueAsync();
        await visitor.Page.Locator(field).FillAsync($"{before.TrimEnd('\n')}\n{line}".TrimStart('\n'));
    }

    /// <summary>Presses a button that loads a page, and returns its status.</summary>
    private static async Task<int> PressAsync(Visitor visitor, string name)
    {
        var answer = await visitor.Page.RunAndWaitForResponseAsync(
            () => visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true }).ClickAsync(),
            response => response.Request.IsNavigationRequest && response.Request.Method == "POST");
        await visitor.Page.WaitForLoadStateAsync();
        return answer.Status;
    }

    private string AnySession() => _desk.Service<SessionTable>().Snapshot().OrderBy(session => session.AcctSessionId, StringComparer.Ordinal).First().AcctSessionId;
}
