using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Web.Tests.Admin.Sessions;
using NacGateway.Web.Tests.Desk.Export;
using Xunit;

namespace NacGateway.Web.Tests.Api.Sessions;

/// <summary>The list of sessions for programs: the rows of the page, and the whole as a file.</summary>
public sealed class SessionListApiTests(SessionsSite site) : IClassFixture<SessionsSite>
{
    private static readonly string[] s_filters = ["", "q=lena", "user=guest-,kofi", "role=guest", "server=dc-2", "state=ended", "state=any&range=7d", "q=10.20.&state=any", "mac=a2:37&state=any", "cause=idle-timeout&state=ended", "state=idle,active", "state=any&from=2020-01-01&to=2040-01-01"];
    private static readonly string[] s_sorts = ["started", "user", "address", "ended", "mac", "role", "server", "down", "up"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sort_filter_and_page_give_the_same_rows_as_the_page()
    {
        var random = new Random(20261126);
        using var client = site.Desk.Client(DeskRole.Administrator);
        for (var n = 0; n < 40; n++)
        {
            var (filter, sort, dir, size) = (s_filters[n % s_filters.Length], s_sorts[random.Next(s_sorts.Length)], random.Next(2) == 0 ? "asc" : "desc", 5 + random.Next(60));
            string query = string.Create(CultureInfo.InvariantCulture, $"{filter}&sort={sort}&dir={dir}&size={size}");
            string? cursor = null;
            for (var number = 1; number <= 3; number++)
            {
                var shown = SessionsPageTests.RowsOf(await client.GetStringAsync($"/sessions?{query}&page={number}", Cancellation));
                using var answer = JsonDocument.Parse(await client.GetStringAsync($"/api/v1/sessions?{query}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", Cancellation));

                Assert.Equal(shown, [.. answer.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)]);
                cursor = answer.RootElement.GetProperty("nextCursor").GetString();
                if (cursor is null)
                {
                    break;
                }
            }
        }
    }

    [Theory]
    [InlineData("state=asleep")]
    [InlineData("sort=shoes")]
    [InlineData("range=soon")]
    [InlineData("from=yesterday")]
    public async Task A_program_is_told_what_it_asked_wrong(string query)
    {
        using var client = site.Desk.Client(DeskRole.Viewer);

        using var answer = await client.GetAsync($"/api/v1/sessions?{query}", Cancellation);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("/sessions/export.csv?state=any&q=role:guest")]
    [InlineData("/api/v1/sessions/export?format=csv&state=any&role=guest")]
    public async Task The_whole_filtered_set_is_a_file_that_no_spreadsheet_runs(string path)
    {
        using var client = site.Desk.Client(DeskRole.Auditor, "audrey");

        using var answer = await client.GetAsync(path, Cancellation);
        var lines = CsvText.Read(await answer.Content.ReadAsStringAsync(Cancellation));

        Assert.Matches("^sessions-[0-9]{8}T[0-9]{6}Z[.]csv$", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"') ?? "");
        Assert.Equal(334, lines.Count);
        Assert.All(lines, line => Assert.Equal(lines[0].Count, line.Count));
        Assert.DoesNotContain(lines.SelectMany(line => line), field => field.StartsWith('=') || field.StartsWith('+') || field.StartsWith('@'));
        await using var database = await site.Desk.DatabaseAsync();
        Assert.True(await database.Set<AuditRecord>().AnyAsync(row => row.Actor == "audrey" && row.Action == "sessions.export", Cancellation));
    }

    [Fact]
    public async Task The_whole_filtered_set_is_an_array_of_the_items_that_pages_have()
    {
        using var client = site.Desk.Client(DeskRole.Administrator);

        using var all = JsonDocument.Parse(await client.GetStringAsync("/sessions/export.json?state=any", Cancellation));
        using var page = JsonDocument.Parse(await client.GetStringAsync("/api/v1/sessions?state=ended&size=1", Cancellation));
        using var none = JsonDocument.Parse(await client.GetStringAsync("/api/v1/sessions/export?format=json&user=nobody.of.this.name", Cancellation));

        Assert.Equal((1000, 0), (all.RootElement.GetArrayLength(), none.RootElement.GetArrayLength()));
        var item = page.RootElement.GetProperty("items")[0];
        Assert.Equal(item.GetRawText(), all.RootElement.EnumerateArray().Single(other => other.GetProperty("id").GetString() == item.GetProperty("id").GetString()).GetRawText());
    }

    [Fact]
    public async Task Whole_lists_are_for_those_who_may_take_them_away()
    {
        using var client = site.Desk.Client(DeskRole.HelpDesk);

        foreach (var path in (string[])["/sessions/export.csv", "/sessions/export.json", "/api/v1/sessions/export?format=csv"])
        {
            using var answer = await client.GetAsync(path, Cancellation);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }
}
