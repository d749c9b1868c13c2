using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Core.Insight;
using NacGateway.Core.Storage;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Overview;

/// <summary>The first page says what needs a person, and how much is going on; the API says the same.</summary>
public sealed class OverviewPageTests : IAsyncLifetime
{
    private const string Hostile = "<script>alert(1)</script>\u202Eevil";
    private readonly DeskSite _site = new() { Seed = SeedAsync };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task What_happened_is_told_in_figures_plots_and_reasons()
    {
        using var viewer = _site.Client(DeskRole.Viewer);

        var page = await GetAsync(viewer, "/overview");

        Assert.Single(page.Split("<h1>")[1..]);
        Assert.Contains("data-tile=\"active\"", page, StringComparison.Ordinal);
        Assert.Contains("60.0% accepted", page, StringComparison.Ordinal);
        foreach (var plot in new[] { "sessions", "sign-ins", "traffic", "gate", "outbox" })
        {
            Assert.Contains($"data-plot=\"{plot}\"", page, StringComparison.Ordinal);
        }

        Assert.Contains("/decisions?reason=account-closed&amp;range=1h", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/radius/dc-1\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);

        // Minutes of which nothing is known are gaps, and no zeros.
        Assert.Matches("data-values=\"(- )+30( -)*", page);
    }

    [Fact]
    public async Task A_sign_in_without_an_answer_needs_attention_and_leads_to_the_records()
    {
        using var viewer = _site.Client(DeskRole.Viewer);

        var region = await GetAsync(viewer, "/overview", "attention");

        Assert.StartsWith("<section id=\"attention\"", region.TrimStart(), StringComparison.Ordinal);
        Assert.Contains("5 sign-ins had no answer", region, StringComparison.Ordinal);
        Assert.Contains("href=\"/decisions?reason=no-answer&amp;range=15m\"", region, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing needs attention", region, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_administrators_did_is_shown_to_those_who_may_read_the_trail_and_to_nobody_else()
    {
        await _site.Service<AuditLog>().RecordAsync(new AuditEntry { Actor = Hostile, Role = "Administrator", Source = "127.0.0.1", Action = "session.disconnect", Target = "lena", Outcome = "done" }, Token);
        using var auditor = _site.Client(DeskRole.Auditor);
        using var viewer = _site.Client(DeskRole.Viewer);

        var told = await GetAsync(auditor, "/overview");
        var untold = await GetAsync(viewer, "/overview");

        Assert.Contains("Disconnect session", told, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", told, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Disconnect session", untold, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/overview?range=9y")]
    [InlineData("/overview?from=yesterday&to=%00")]
    [InlineData("/overview?from=2026-01-02T00:00&to=2026-01-01T00:00")]
    public async Task A_range_that_is_none_is_said_and_the_last_hour_shown(string path)
    {
        using var viewer = _site.Client(DeskRole.Viewer);

        Assert.Contains("It shows the last hour.", await GetAsync(viewer, path), StringComparison.Ordinal);
        using var answer = await viewer.GetAsync("/api/v1" + path, Token);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task Who_may_not_read_sees_nothing()
    {
        using var guests = _site.Client(DeskRole.FrontDesk);
        foreach (var path in new[] { "/overview", "/api/v1/overview", "/api/v1/activity", "/live/overview" })
        {
            using var answer = await guests.GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Programs_are_told_the_same()
    {
        using var viewer = _site.Client(DeskRole.Viewer);

        var report = await viewer.GetFromJsonAsync<JsonElement>("/api/v1/overview?range=1h", Token);
        var points = await viewer.GetFromJsonAsync<JsonElement>("/api/v1/activity?range=1h", Token);

        Assert.Equal((30, 15, 5), (Number(report, "accepted"), Number(report, "refused"), Number(report, "unanswered")));
        Assert.Contains(report.GetProperty("attention").EnumerateArray(), item => item.GetProperty("key").GetString() == "unanswered" && item.GetProperty("severity").GetString() == "bad");
        Assert.Contains(report.GetProperty("reasons").EnumerateArray(), item => item.GetProperty("reason").GetString() == "account-closed");
        var known = Assert.Single(points.EnumerateArray(), point => point.GetProperty("minutes").GetInt32() > 0 && point.GetProperty("signIns").GetProperty("accepted").GetInt32() == 30);
        Assert.Equal(30, known.GetProperty("sessions").GetInt32());
        Assert.Contains(points.EnumerateArray(), point => point.GetProperty("minutes").GetInt32() == 0);

        static int Number(JsonElement report, string name) => report.GetProperty("signIns").GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task The_feed_begins_with_all_figures()
    {
        using var viewer = _site.Client(DeskRole.Viewer);
        using var stream = await viewer.GetStreamAsync("/live/overview?range=1h", Token);
        using var reader = new StreamReader(stream);
        var told = "";
        while (!told.Contains("event: tile", StringComparison.Ordinal))
        {
            told += await reader.ReadLineAsync(Token) + "\n";
        }

        told += await reader.ReadLineAsync(Token);
        foreach (var tile in new[] { "active", "sign-ins", "latency", "traffic", "gate", "outbox" })
        {
            Assert.Contains($"\"{tile}\":", told, StringComparison.Ordinal);
        }
    }

    private static async Task SeedAsync(GatewayDbContext database)
    {
        var now = TimeProvider.System.GetUtcNow();
        var minute = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMinute)).AddMinutes(-5);
        database.Add(new ActivitySample { Owner = "other", At = minute, Sessions = 30, Accepted = 30, Refused = 15, Unanswered = 5, OutputOctets = 6_000_000, Intercepted = 7 });
        await database.SaveChangesAsync(Token);
        await DeskSeed.RefusalsAsync(database, now);
    }

    private static async Task<string> GetAsync(HttpClient client, string path, string? region = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (region is not null)
        {
            request.Headers.Add("X-Partial", region);
        }

        using var answer = await client.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return text;
    }
}
