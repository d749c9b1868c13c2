using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Web.Desk.Trail;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Trail;

/// <summary>The audit trail as page, as file and by the API.</summary>
public sealed class TrailPageTests(DeskSite site) : IClassFixture<DeskSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_shows_the_newest_first_with_repetitions_as_one_line()
    {
        var actor = await FillAsync(("access.sign-in", "refused", "Wrong password"), ("access.sign-in", "refused", "Wrong password (13 times more)"), ("session.disconnect", "done", "<script>alert(1)</script>"));
        using var auditor = site.Client(DeskRole.Auditor);

        var page = await auditor.GetStringAsync($"/audit?actor={actor}", Cancellation);

        Assert.Contains("14 times", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("session.disconnect", StringComparison.Ordinal) < page.IndexOf("14 times", StringComparison.Ordinal));
        Assert.Single(page.Split("<h1")[1..]);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_and_the_region_comes_alone()
    {
        var actor = await FillAsync([.. Enumerable.Range(0, 250).Select(number => ("test.many", "done", $"number {number}!"))]);
        using var auditor = site.Client(DeskRole.Auditor);
        HashSet<string> seen = [];
        List<string> forth = [], back = [];
        var path = $"/audit?actor={actor}";
        string? last = null;
        for (var pages = 0; path is not null; pages++)
        {
            Assert.True(pages < 4);
            last = path;
            var page = await auditor.GetStringAsync(path, Cancellation);
            foreach (var number in Enumerable.Range(0, 250).Where(number => page.Contains($"number {number}!", StringComparison.Ordinal)))
            {
                Assert.True(seen.Add($"{number}"));
            }

            forth.Add(RowsOf(page));
            path = Led(page, "next");
        }

        for (path = last; path is not null;)
        {
            var page = await auditor.GetStringAsync(path, Cancellation);
            back.Insert(0, RowsOf(page));
            path = Led(page, "prev");
        }

        Assert.Equal(forth, back);

        Assert.Equal(250, seen.Count);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/audit?actor={actor}") { Headers = { { "X-Partial", "trail" } } };
        using var region = await auditor.SendAsync(request, Cancellation);
        Assert.StartsWith("<div id=\"trail\"", await region.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static string? Led(string page, string to)
    {
        var link = System.Text.RegularExpressions.Regex.Match(page, $"rel=\"{to}\" href=\"(?<href>[^\"]+)\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        return link.Success ? WebUtility.HtmlDecode(link.Groups["href"].Value) : null;
    }

    private static string RowsOf(string page) =>
        string.Join(' ', System.Text.RegularExpressions.Regex.Matches(page, "data-row=\"(?<id>[0-9]+)\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(row => row.Groups["id"].Value));

    [Theory]
    [InlineData("after=-1")]
    [InlineData("range=yesterday")]
    [InlineData("from=soon")]
    [InlineData("before=-1")]
    [InlineData("type=everything")]
    public async Task A_wrong_value_falls_back_on_the_page_and_is_refused_by_the_api(string query)
    {
        using var auditor = site.Client(DeskRole.Auditor);

        var page = await auditor.GetStringAsync($"/audit?{query}&unknown=1", Cancellation);
        using var answer = await auditor.GetAsync($"/api/v1/audit?{query}", Cancellation);

        Assert.Contains("could not be used", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task A_line_has_a_page_and_one_that_is_not_there_is_404()
    {
        await FillAsync(("session.extend", "done", "by an hour"));
        using var auditor = site.Client(DeskRole.Auditor);

        var page = await auditor.GetStringAsync("/audit/1", Cancellation);
        using var none = await auditor.GetAsync("/audit/999999", Cancellation);

        Assert.Contains("Hash before", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Verifying_says_what_was_found_and_keeps_it()
    {
        await FillAsync(("session.extend", "done", "x"));
        using var auditor = site.Client(DeskRole.Auditor);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("csrf", HeaderAuthentication.FormToken)]);

        using var answer = await auditor.PostAsync("/audit/verify", form, Cancellation);
        var page = await auditor.GetStringAsync("/audit", Cancellation);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Matches("[0-9] lines?, whole\\.", page);
        using var byApi = await auditor.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/audit/verifications") { Headers = { { "X-CSRF", HeaderAuthentication.FormToken } } }, Cancellation);
        using var verdict = JsonDocument.Parse(await byApi.Content.ReadAsStringAsync(Cancellation));
        Assert.True(verdict.RootElement.GetProperty("isWhole").GetBoolean());
    }

    [Fact]
    public async Task The_export_has_all_lines_is_safe_in_a_spreadsheet_and_leaves_a_line()
    {
        var actor = await FillAsync([("test.formula", "done", "=cmd|' /C calc'!A0"), .. Enumerable.Range(0, 2100).Select(number => ("test.many", "done", $"number {number}"))]);
        using var auditor = site.Client(DeskRole.Auditor, "exporter");

        var csv = await auditor.GetStringAsync($"/audit/export.csv?actor={actor}", Cancellation);
        using var json = JsonDocument.Parse(await auditor.GetStringAsync($"/audit/export.json?actor={actor}&action=test.many", Cancellation));

        var rows = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2102, rows.Length);
        Assert.Contains(",\"'=cmd|' /C calc'!A0\",", csv, StringComparison.Ordinal);
        Assert.Equal(2100, json.RootElement.GetArrayLength());
        await using var database = await site.DatabaseAsync();
        Assert.Equal(2, await database.Set<AuditRecord>().CountAsync(line => line.Actor == "exporter" && line.Action == "audit.export", Cancellation));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(null, "")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("  +1", "\"  '+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@x", "\"'@x\"")]
    [InlineData("\uFF1D1", "\"'\uFF1D1\"")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    public void A_field_is_no_formula(string? text, string field) => Assert.Equal(field, TrailExport.Field(text));

    [Fact]
    public async Task The_api_gives_the_same_lines_by_cursor()
    {
        var actor = await FillAsync([.. Enumerable.Range(0, 7).Select(number => ("test.page", "done", $"{number}"))]);
        using var auditor = site.Client(DeskRole.Auditor);
        List<string?> details = [];
        string? cursor = null;
        do
        {
            using var page = JsonDocument.Parse(await auditor.GetStringAsync($"/api/v1/audit?actor={actor}&size=3&total=true{(cursor is null ? "" : $"&cursor={cursor}")}", Cancellation));
            details.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("detail").GetString()));
            cursor = page.RootElement.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
            Assert.Equal(7, page.RootElement.GetProperty("total").GetProperty("count").GetInt64());
        }
        while (cursor is not null);

        Assert.Equal(["6", "5", "4", "3", "2", "1", "0"], details);
    }

    private async Task<string> FillAsync(params (string Action, string Outcome, string Detail)[] lines)
    {
        var actor = $"actor-{Guid.NewGuid():N}";
        var log = site.Service<AuditLog>();
        foreach (var (action, outcome, detail) in lines)
        {
            await log.RecordAsync(new AuditEntry { Actor = actor, Source = "192.0.2.1", Action = action, Outcome = outcome, Detail = detail }, Cancellation);
        }

        return actor;
    }
}
