using System.Net;
using System.Text.RegularExpressions;
using NacGateway.Core.Administration;
using NacGateway.Core.Insight.Search;
using NacGateway.Web.Admin.Kit;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Sessions;

/// <summary>The list of sessions as pages show it: what is found, how it is asked for, and who may do what with it.</summary>
public sealed partial class SessionsPageTests(SessionsSite site) : IClassFixture<SessionsSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_sessions_are_listed_with_their_total_and_lead_to_their_pages()
    {
        var page = await ReadAsync("/sessions");

        Assert.Equal(50, RowsOf(page).Count);
        Assert.Contains("100 sessions", page, StringComparison.Ordinal);
        Assert.Contains("Page 1 of 2", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("<h1>").Length);
        Assert.Contains($"href=\"/sessions/{RowsOf(page)[0]}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_in_every_order_show_each_session_once()
    {
        foreach (var sort in Enum.GetValues<SessionSort>())
        {
            var first = RowsOf(await ReadAsync($"/sessions?sort={sort}&size=60"));
            var second = RowsOf(await ReadAsync($"/sessions?sort={sort}&size=60&page=2"));

            Assert.Equal((60, 40, 100), (first.Count, second.Count, first.Concat(second).Distinct(StringComparer.Ordinal).Count()));
        }
    }

    [Fact]
    public async Task Filters_of_the_address_choose_rows_and_stand_as_chips_that_take_them_away()
    {
        var page = await ReadAsync("/sessions?q=user:lena&server=dc-1&state=ended&range=30d");

        Assert.NotEmpty(RowsOf(page));
        Assert.All(Users(page), user => Assert.StartsWith("lena", user, StringComparison.Ordinal));
        foreach (var chip in (string[])["user: lena", "server: dc-1", "state: ended", "started in the last 30d"])
        {
            Assert.Contains($"Remove filter {chip}", page, StringComparison.Ordinal);
        }

        Assert.Contains("/sessions?q=user:lena&server=dc-1&range=30d", Uri.UnescapeDataString(WebUtility.HtmlDecode(page)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_values_fall_back_with_a_notice_that_is_seen()
    {
        var page = await ReadAsync("/sessions?state=asleep&sort=shoes&size=7000&cols=user,shoes&colour=red&from=%3Cscript%3E&cursor=x");

        Assert.Equal(50, RowsOf(page).Count);
        foreach (var words in (string[])["no state", "cannot be sorted", "&#x27;size&#x27; is a number", "names a column that there is not", "&#x27;from&#x27; is a time", "The cursor is none of this list"])
        {
            Assert.Contains(words, page, StringComparison.Ordinal);
        }

        Assert.DoesNotMatch("href=\"[^\"]*colour", page);
    }

    [Fact]
    public async Task Columns_are_chosen_by_the_address_and_kept_by_its_links()
    {
        var page = await ReadAsync("/sessions?cols=ip&cols=gateway");

        Assert.Contains("data-cell=\"gateway\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-cell=\"mac\"", page, StringComparison.Ordinal);
        Assert.Contains("cols=ip,gateway", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_region_alone_is_answered_to_the_enhancer()
    {
        using var client = site.Desk.Client(DeskRole.Viewer);
        client.DefaultRequestHeaders.Add("X-Partial", "sessions");

        var part = await client.GetStringAsync("/sessions", Cancellation);

        Assert.StartsWith("<div id=\"sessions\"", part.TrimStart(), StringComparison.Ordinal);
        Assert.DoesNotContain("<html", part, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_act_sees_nothing_to_act_with()
    {
        var viewer = await ReadAsync("/sessions");
        var helpDesk = await ReadAsync("/sessions", DeskRole.HelpDesk);
        var administrator = await ReadAsync("/sessions", DeskRole.Administrator);

        Assert.DoesNotContain("sessions-bulk", viewer, StringComparison.Ordinal);
        Assert.DoesNotContain("export", viewer, StringComparison.Ordinal);
        Assert.Contains("formaction=\"/sessions/disconnect\"", helpDesk, StringComparison.Ordinal);
        Assert.DoesNotContain("/sessions/role", helpDesk, StringComparison.Ordinal);
        Assert.DoesNotContain("export", helpDesk, StringComparison.Ordinal);
        Assert.Contains("formaction=\"/sessions/role\"", administrator, StringComparison.Ordinal);
        Assert.Contains("/sessions/export.csv", administrator, StringComparison.Ordinal);
        using var frontDesk = site.Desk.Client(DeskRole.FrontDesk);
        Assert.Equal(HttpStatusCode.Forbidden, (await frontDesk.GetAsync("/sessions", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Hostile_names_are_text_and_nothing_else()
    {
        var page = await ReadAsync("/sessions?size=1000&cols=role,id");

        foreach (var name in DeskSeed.HostileNames)
        {
            Assert.Contains(ForeignText.Visible(name, 64), WebUtility.HtmlDecode(page).Replace("<span class=\"ctl\" title=\"A character that cannot be seen\">U+202E</span>", "[U+202E]", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain(name.Contains('<', StringComparison.Ordinal) ? name : "\u202E", page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_found_says_so_and_offers_the_way_back()
    {
        var page = await ReadAsync("/sessions?q=nobody.of.this.name&sort=user");

        Assert.Contains("No session matches these filters.", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/sessions?sort=user\"", page, StringComparison.Ordinal);
    }

    private async Task<string> ReadAsync(string path, DeskRole role = DeskRole.Viewer)
    {
        using var client = site.Desk.Client(role);
        return await client.GetStringAsync(path, Cancellation);
    }

    internal static IReadOnlyList<string> RowsOf(string page) => [.. RowId().Matches(page).Select(match => match.Groups["id"].Value)];

    private static IEnumerable<string> Users(string page) => UserName().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups["name"].Value));

    [GeneratedRegex("data-row=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex RowId();

    [GeneratedRegex("data-label=\"User\"><a href=\"[^\"]+\"><bdi>(?<name>[^<]*)", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex UserName();
}
