using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Administration;
using NacGateway.Core.Insight.Story;
using NacGateway.Core.Sessions;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Sessions;

/// <summary>The page of one session, and its twin in the API.</summary>
public sealed class SessionPageTests : IAsyncLifetime
{
    private readonly DeskSite _site = new() { Seed = database => DeskSeed.SessionsAsync(database, 200, TimeProvider.System.GetUtcNow()) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task It_shows_facts_acts_and_the_timeline_of_a_real_sign_in_without_its_password()
    {
        var id = await SignInAsync();
        using var desk = _site.Client(DeskRole.Administrator);
        var html = await desk.GetStringAsync(new Uri($"/sessions/{id}", UriKind.Relative), Token);

        Assert.Contains("<h1><bdi>alice</bdi></h1>", html.Replace(" class=\"\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (var expected in new[] { "/people/person?user=alice", "Signed in", "Session began", "Access-Request", "Access-Accept", "Session-Timeout", "(hidden, ", "/decisions/", "data-confirm=\"disconnect\"", "data-confirm=\"role\"", $"/live/session?id={id}" })
        {
            Assert.Contains(expected, html, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("wonderland", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_sees_no_button_that_would_be_refused()
    {
        var id = await SignInAsync();
        using var viewer = _site.Client(DeskRole.Viewer);
        var html = await viewer.GetStringAsync(new Uri($"/sessions/{id}", UriKind.Relative), Token);

        Assert.DoesNotContain("/sessions/disconnect", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<dialog id=\"role\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_front_desk_is_not_let_in()
    {
        using var frontDesk = _site.Client(DeskRole.FrontDesk);
        using var answer = await frontDesk.GetAsync(new Uri($"/sessions/{await SignInAsync()}", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task An_unknown_session_is_404_with_words_on_the_page_and_in_the_API()
    {
        using var desk = _site.Client(DeskRole.Viewer);
        foreach (var path in new[] { "/sessions/nothing", "/api/v1/sessions/nothing", "/api/v1/sessions/nothing/timeline", "/api/v1/sessions/nothing/traffic" })
        {
            using var answer = await desk.GetAsync(new Uri(path, UriKind.Relative), Token);

            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains("Acct-Session-Id", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_ended_session_is_read_only_and_names_its_cause()
    {
        await using var database = await _site.DatabaseAsync();
        var id = await database.Set<Session>().Where(row => row.EndedAt != null).Select(row => row.AcctSessionId).FirstAsync(Token);
        using var desk = _site.Client(DeskRole.Administrator);
        var html = await desk.GetStringAsync(new Uri($"/sessions/{id}", UriKind.Relative), Token);

        Assert.Contains("Session ended", html, StringComparison.Ordinal);
        Assert.DoesNotContain("action=\"/sessions/disconnect\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/live/session", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_are_text()
    {
        await using var database = await _site.DatabaseAsync();
        var sessions = await database.Set<Session>().Where(row => DeskSeed.HostileNames.Contains(row.UserName)).Select(row => row.AcctSessionId).ToListAsync(Token);
        using var desk = _site.Client(DeskRole.Administrator);

        Assert.NotEmpty(sessions);
        foreach (var id in sessions)
        {
            var html = await desk.GetStringAsync(new Uri($"/sessions/{id}", UriKind.Relative), Token);
            Assert.DoesNotContain("<script>window.hit", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<svg onload", html, StringComparison.Ordinal);
            Assert.DoesNotContain('\u202E', html);
        }
    }

    [Fact]
    public async Task A_part_of_the_timeline_is_chosen_by_the_address_and_a_wrong_one_is_said()
    {
        var path = $"/sessions/{await SignInAsync()}";
        using var desk = _site.Client(DeskRole.Viewer);
        var admin = await desk.GetStringAsync(new Uri($"{path}?show=admin", UriKind.Relative), Token);
        var wrong = await desk.GetStringAsync(new Uri($"{path}?show=nonsense", UriKind.Relative), Token);

        Assert.Contains("Nothing of this kind has happened.", admin, StringComparison.Ordinal);
        Assert.Contains("The timeline has no such part", wrong, StringComparison.Ordinal);
        Assert.Contains("Session began", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_API_tells_the_same_and_pages_through_the_timeline()
    {
        var id = await SignInAsync();
        using var desk = _site.Client(DeskRole.Viewer);
        using var answer = await desk.GetAsync(new Uri($"/api/v1/sessions/{id}", UriKind.Relative), Token);
        var session = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        var titles = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await desk.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/sessions/{id}/timeline?size=1{(cursor.Length > 0 ? $"&cursor={Uri.EscapeDataString(cursor)}" : "")}", UriKind.Relative), Token);
            titles.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()!));
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }

        Assert.Equal(("alice", 3600), (session.GetProperty("user").GetString(), session.GetProperty("limits").GetProperty("sessionSeconds").GetInt32()));
        Assert.NotNull(answer.Headers.ETag);
        Assert.Equal(titles.Distinct(StringComparer.Ordinal).Count(), titles.Count);
        Assert.Contains(titles, title => title == "Signed in");
    }

    [Fact]
    public async Task A_version_that_is_none_any_more_changes_nothing()
    {
        var id = await SignInAsync();
        using var desk = _site.Client(DeskRole.HelpDesk);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/sessions/{id}/disconnect");
        request.Headers.Add("X-CSRF", HeaderAuthentication.FormToken);
        request.Headers.Add("If-Match", "\"another\"");
        using var answer = await desk.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Assert.True(_site.Service<SessionTable>().TryGet(id, out _));
    }

    [Fact]
    public async Task The_live_feed_says_that_a_session_has_ended()
    {
        var id = await SignInAsync();
        using var desk = _site.Client(DeskRole.Viewer);
        using var answer = await desk.GetAsync(new Uri($"/live/session?id={id}&show=admin", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        await ReadUntilAsync(reader, "\"Active\"");

        await _site.Service<SessionManager>().CloseAsync(id, AcctTerminateCause.AdminReset, Token);

        await ReadUntilAsync(reader, "\"Ended\"");
        await ReadUntilAsync(reader, "session-timeline");
    }

    [Fact]
    public void A_stretch_that_nobody_measured_is_a_gap_and_rest_is_a_zero()
    {
        var start = new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero);
        var rates = TrafficRates.Of([new(start, 0, 0), new(start.AddMinutes(1), 0, 7_500), new(start.AddMinutes(2), 0, 15_000), new(start.AddMinutes(3), 0, 22_500), new(start.AddMinutes(30), 0, 99_000), new(start.AddMinutes(60), 0, 99_000)]);

        Assert.Equal(1000, rates.Down[0]);
        Assert.Null(rates.Down[rates.Times.ToList().FindIndex(at => at >= start.AddMinutes(15))]);
        Assert.Equal(0, rates.Down[^1]);
    }

    private static async Task ReadUntilAsync(StreamReader reader, string text)
    {
        // A feed beats for ever: without a bound a word that never comes would be waited for as long.
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(Token);
        bound.CancelAfter(TimeSpan.FromMinutes(1));
        while (await reader.ReadLineAsync(bound.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The stream ended before it said {text}.");
    }

    private async Task<string> SignInAsync()
    {
        using var person = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = _site.Portal };
        var page = await person.GetStringAsync(new Uri("/portal", UriKind.Relative), Token);
        var token = WebUtility.HtmlDecode(page.Split("name=\"token\" value=\"")[1].Split('"')[0]);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("username", "alice"), KeyValuePair.Create("password", "wonderland"), KeyValuePair.Create("terms", "on"), KeyValuePair.Create("token", token)]);
        using var answer = await person.PostAsync(new Uri("/portal/sign-in", UriKind.Relative), form, Token);
        Assert.True(_site.Service<SessionTable>().TryGet(IPAddress.Loopback, out var session));
        return session.AcctSessionId;
    }
}
