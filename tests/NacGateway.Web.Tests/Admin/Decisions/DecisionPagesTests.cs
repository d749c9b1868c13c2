using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Administration;
using NacGateway.Core.Authentication;
using NacGateway.Core.Policy;
using NacGateway.Web.Tests.Admin.Rules;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Decisions;

/// <summary>Each sign-in and each denial has its record, in words, on a page and by the API alike.</summary>
public sealed class DecisionPagesTests : IAsyncLifetime
{
    private readonly DeskSite _site = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Who_was_rejected_is_found_with_the_reason_in_the_server_s_own_words()
    {
        await LoginAsync("eve", "anything");
        using var viewer = _site.Client(DeskRole.Viewer);
        var row = Assert.Single(await RowsAsync());

        var list = WebUtility.HtmlDecode(await GetAsync(viewer, "/decisions?q=eve"));
        var detail = await GetAsync(viewer, $"/decisions/{row.Id}");

        Assert.Contains("Reply-Message '<bdi>account <b>locked</b></bdi>'", list, StringComparison.Ordinal);
        Assert.Contains(" answered Access-Reject", list, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>locked", detail, StringComparison.Ordinal);
        Assert.Contains("Access-Reject from <bdi>dc-1</bdi>", detail, StringComparison.Ordinal);
        Assert.Contains("Account locked or disabled", detail, StringComparison.Ordinal);
        Assert.Contains("Message-Authenticator", detail, StringComparison.Ordinal);
        Assert.Contains("(hidden, 16 octets)", detail, StringComparison.Ordinal);
        Assert.Contains("/people/person?user=eve", detail, StringComparison.Ordinal);
        Assert.Single(detail.Split("<h1>")[1..]);
    }

    [Fact]
    public async Task A_grant_tells_which_rules_were_asked_and_what_they_gave()
    {
        await _site.Service<PolicyStore>().ApplyAsync("""{ "roles": [ { "name": "staff", "limits": { "sessionTimeout": "00:20:00" } } ], "rules": [ { "name": "elsewhere", "when": { "address": "192.0.2.0/24" }, "role": "staff" }, { "name": "here", "role": "staff" }, { "name": "rest", "refuse": "no" } ] }""", "tester", Token);
        await _site.Service<PolicyUpkeep>().FollowAsync(Token);
        await LoginAsync("alice", "wonderland");
        using var viewer = _site.Client(DeskRole.Viewer);
        var row = Assert.Single(await RowsAsync());

        var detail = WebUtility.HtmlDecode(await GetAsync(viewer, $"/decisions/{row.Id}"));
        var told = await viewer.GetFromJsonAsync<JsonElement>($"/api/v1/decisions/{row.Id}", Token);

        Assert.Contains("did not hold: <bdi>the client's address 127.0.0.1 is not in '192.0.2.0/24'</bdi>", detail, StringComparison.Ordinal);
        Assert.Contains("Rule '<bdi>here</bdi>' held", detail, StringComparison.Ordinal);
        Assert.Contains("1 rule stands behind the one that held", detail, StringComparison.Ordinal);
        Assert.Contains("Session-Timeout 00:20:00", detail, StringComparison.Ordinal);
        Assert.Contains($"/sessions/{row.AcctSessionId}", detail, StringComparison.Ordinal);
        Assert.Equal(["asked", "answered", "ruleMissed", "ruleHeld", "rules", "given"], told.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("kind").GetString()).Where(kind => kind != "came"), StringComparer.Ordinal);
        Assert.Equal("Access-Accept", told.GetProperty("reply").GetProperty("name").GetString());
        Assert.DoesNotContain("wonderland", detail + told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_and_the_API_list_the_same_rows_page_by_page()
    {
        await using (var database = await _site.DatabaseAsync())
        {
            await DeskSeed.RefusalsAsync(database, TimeProvider.System.GetUtcNow());
        }

        using var viewer = _site.Client(DeskRole.Viewer);
        foreach (var filter in new[] { "", "outcome=refused", "reason=no-answer", "user=lena", "server=dc-1&reason=misconfigured", "range=1h" })
        {
            List<long> items = [];
            string? cursor = null;
            do
            {
                var page = await viewer.GetFromJsonAsync<JsonElement>($"/api/v1/decisions?size=7&{filter}{(cursor is null ? "" : $"&cursor={cursor}")}", Token);
                items.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt64()));
                cursor = page.GetProperty("nextCursor").GetString();
            }
            while (cursor is not null);

            var html = await GetAsync(viewer, $"/decisions?size=500&{filter}");
            Assert.NotEmpty(items);
            Assert.Equal(items, html.Split("data-row=\"")[1..].Select(part => long.Parse(part.Split('"')[0], System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public async Task Hostile_texts_are_only_ever_text()
    {
        await using (var database = await _site.DatabaseAsync())
        {
            await DeskSeed.RefusalsAsync(database, TimeProvider.System.GetUtcNow());
        }

        using var viewer = _site.Client(DeskRole.Viewer);
        var rows = await RowsAsync();
        var pages = new List<string> { await GetAsync(viewer, "/decisions?size=500"), await GetAsync(viewer, "/decisions?user=%3Cscript%3Ewindow.hit%3D1%3C/script%3E&server=%22%3E%3Cimg%20src=x%3E&after=%3Cb%3E") };
        foreach (var row in rows.Where(row => row.Outcome == "Rejected").Take(12))
        {
            pages.Add(await GetAsync(viewer, $"/decisions/{row.Id}"));
        }

        Assert.All(pages, page =>
        {
            Assert.DoesNotContain("<script>window", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<svg onload", page, StringComparison.Ordinal);
            Assert.DoesNotContain("\u202E", page, StringComparison.Ordinal);
        });
        Assert.Contains("U+202E", WebUtility.HtmlDecode(pages[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_read_is_refused_and_nonsense_is_said()
    {
        using var viewer = _site.Client(DeskRole.Viewer);
        using var front = _site.Client(DeskRole.FrontDesk);

        Assert.Equal(HttpStatusCode.Forbidden, (await front.GetAsync("/decisions", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await front.GetAsync("/decisions/1", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await front.GetAsync("/api/v1/decisions", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await viewer.GetAsync("/decisions/999999", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await viewer.GetAsync("/api/v1/decisions/999999", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await viewer.GetAsync("/api/v1/decisions?reason=nonsense", Token)).StatusCode);
        Assert.Contains("There is no reason 'nonsense'", WebUtility.HtmlDecode(await GetAsync(viewer, "/decisions?reason=nonsense")), StringComparison.Ordinal);
        Assert.Contains("Nobody has tried to sign in yet.", await GetAsync(viewer, "/decisions"), StringComparison.Ordinal);
        Assert.Contains("No decision matches these filters.", await GetAsync(viewer, "/decisions?user=nobody"), StringComparison.Ordinal);
    }

    private static async Task<string> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.TextAsync();
    }

    private Task<LoginOutcome> LoginAsync(string user, string password) =>
        _site.Service<LoginService>().LoginAsync(new LoginAttempt { ClientAddress = IPAddress.Loopback, UserName = user, Password = password }, Token);

    private async Task<List<PolicyDecision>> RowsAsync()
    {
        await using var database = await _site.DatabaseAsync();
        return await database.Set<PolicyDecision>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(Token);
    }
}
