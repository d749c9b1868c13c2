using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NacGateway.Aaa;
using NacGateway.Aaa.Accounting;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using NacGateway.Web.Tests.Gate.Forwarding;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Sessions;

/// <summary>What administrators do to sessions, through pages and API, with a transfer that runs and a server that keeps accounts.</summary>
public sealed class SessionActTests : IAsyncLifetime
{
    private const string Secret = "a secret of the accounting server";
    private const string Rules = """{ "roles": [ { "name": "staff" }, { "name": "slow", "limits": { "downloadRate": "1M" } } ] }""";

    private readonly RawOrigin _origin = new(static async (connection, token) =>
    {
        await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nbegun", token);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
    });

    private readonly ConcurrentQueue<AccountingEvent> _records = new();
    private readonly SemaphoreSlim _recorded = new(0);
    private readonly TemporaryFolder _folder = new("acts");
    private AaaServer _server = null!;
    private DeskSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = AaaServer.Start(
            new AaaServerSettings
            {
                Users = UserDirectory.Load(_folder.Write("users.json", """{ "users": [ { "name": "alice", "password": "wonderland" } ] }""")),
                Authentication = new IPEndPoint(IPAddress.Loopback, 0),
                Accounting = new IPEndPoint(IPAddress.Loopback, 0),
                Nas = [new NasEntry(IPNetwork.Parse("127.0.0.0/8"), Encoding.UTF8.GetBytes(Secret), "gateway")],
                OnAccounting = happened =>
                {
                    _records.Enqueue(happened);
                    _recorded.Release();
                },
            },
            TimeProvider.System);
        _site = new DeskSite
        {
            More = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Radius:Servers:0:Secret"] = Secret,
                ["Radius:Servers:0:AuthenticationPort"] = Text(_server.AuthenticationEndPoint.Port),
                ["Radius:Servers:0:AccountingPort"] = Text(_server.AccountingEndPoint!.Port),
                ["Accounting:Enabled"] = "true",
                ["ReverseProxy:Routes:site:ClusterId"] = "site",
                ["ReverseProxy:Routes:site:Match:Path"] = "{**rest}",
                ["ReverseProxy:Clusters:site:Destinations:origin:Address"] = $"http://127.0.0.1:{Text(_origin.Port)}/",
            },
        };
        await _site.InitializeAsync();
        var seeded = await _site.Service<PolicyStore>().CurrentAsync(Token);
        Assert.Empty((await _site.Service<PolicyStore>().ApplyAsync(Rules, "test", seeded?.Version ?? 0, Token)).Errors);
        await _site.Service<PolicyUpkeep>().FollowAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _server.DisposeAsync();
        await _origin.DisposeAsync();
        _folder.Dispose();
        _recorded.Dispose();
    }

    [Fact]
    public async Task A_disconnect_from_the_page_cuts_a_transfer_and_sends_a_stop_with_admin_reset()
    {
        var id = await OpenAsync("127.0.0.1");
        using var person = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var answer = await person.GetAsync(new Uri(_site.Gate, "/large"), HttpCompletionOption.ResponseHeadersRead, Token);
        await using var body = await answer.Content.ReadAsStreamAsync(Token);
        var begun = new byte[5];
        await body.ReadExactlyAsync(begun, Token);

        using var desk = _site.Client(DeskRole.HelpDesk, "ada");
        using var done = await PostAsync(desk, "/sessions/disconnect", ("id", id), ("confirm", "yes"));

        Assert.Equal("begun", Encoding.ASCII.GetString(begun));
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => body.ReadExactlyAsync(new byte[1], Token).AsTask());
        var stop = await StopAsync(id);
        Assert.Equal(AcctTerminateCause.AdminReset, Cause(stop));
        using var after = await person.GetAsync(new Uri(_site.Gate, "/large"), Token);
        Assert.Equal(511, (int)after.StatusCode);
        Assert.Contains(await HistoryAsync(id), line => line is { Kind: SessionEventKind.Ended, By: "administrator ada" });
        var trail = Assert.Single(await TrailAsync());
        Assert.Equal(("ada", "session.disconnect", id), (trail.Actor, trail.Action, trail.Target));
    }

    [Theory]
    [InlineData("disconnect")]
    [InlineData("extend")]
    [InlineData("role")]
    [InlineData("message")]
    public async Task A_viewer_cannot_act_by_page_or_by_API(string verb)
    {
        var id = await OpenAsync("192.0.2.1");
        using var viewer = _site.Client(DeskRole.Viewer);
        using var page = await PostAsync(viewer, $"/sessions/{verb}", ("id", id), ("confirm", "yes"), ("minutes", "5"), ("role", "slow"), ("text", "hello"));
        using var one = await ApiAsync(viewer, $"/api/v1/sessions/{id}/{verb}", "{}");
        using var several = await ApiAsync(viewer, $"/api/v1/sessions/{verb}", $$"""{"ids":["{{id}}"]}""");

        Assert.Equal([403, 403, 403], new[] { page, one, several }.Select(answer => (int)answer.StatusCode));
        Assert.True(_site.Service<SessionTable>().TryGet(id, out var session));
        Assert.Null(session.Notice);
    }

    [Fact]
    public async Task The_help_desk_does_not_change_roles()
    {
        using var helpDesk = _site.Client(DeskRole.HelpDesk);
        using var answer = await PostAsync(helpDesk, "/sessions/role", ("id", await OpenAsync("192.0.2.1")), ("role", "slow"), ("confirm", "yes"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Extending_moves_the_end_that_the_server_set_and_says_what_stays()
    {
        var id = await OpenAsync("192.0.2.1");
        using var desk = _site.Client(DeskRole.HelpDesk);
        using var answer = await ApiAsync(desk, $"/api/v1/sessions/{id}/extend", """{"minutes":90}""");

        var said = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal("done", said.GetProperty("fate").GetString());
        Assert.Contains("10 min without traffic", said.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.True(_site.Service<SessionTable>().TryGet(id, out var session));
        Assert.Equal(TimeSpan.FromMinutes(60 + 90), session.Limits.SessionTimeout);
        Assert.Contains(await HistoryAsync(id), line => line.Text.Contains("from 3600 s to 9000 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_administrators_who_extend_at_once_both_get_what_they_asked_for()
    {
        var id = await OpenAsync("192.0.2.1");
        using var ada = _site.Client(DeskRole.HelpDesk, "ada");
        using var grace = _site.Client(DeskRole.HelpDesk, "grace");
        var answers = await Task.WhenAll(new[] { ada, grace }.Select(desk => ApiAsync(desk, $"/api/v1/sessions/{id}/extend", """{"minutes":10}""")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.True(_site.Service<SessionTable>().TryGet(id, out var session));
        Assert.Equal(TimeSpan.FromMinutes(60 + 20), session.Limits.SessionTimeout);
    }

    [Fact]
    public async Task The_second_who_disconnects_is_told_that_it_had_ended()
    {
        var id = await OpenAsync("192.0.2.1");
        using var desk = _site.Client(DeskRole.HelpDesk);
        using var first = await ApiAsync(desk, $"/api/v1/sessions/{id}/disconnect", body: null);
        using var second = await ApiAsync(desk, $"/api/v1/sessions/{id}/disconnect", body: null);

        var said = await second.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("skipped", said.GetProperty("fate").GetString());
        Assert.Contains("It had ended already", said.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_brings_its_limits_and_an_unknown_one_changes_nothing()
    {
        var id = await OpenAsync("192.0.2.1");
        using var desk = _site.Client(DeskRole.Administrator);
        using var unknown = await ApiAsync(desk, $"/api/v1/sessions/{id}/role", """{"role":"<b>none</b>"}""");
        using var known = await ApiAsync(desk, $"/api/v1/sessions/{id}/role", """{"role":"SLOW"}""");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK), (unknown.StatusCode, known.StatusCode));
        Assert.True(_site.Service<SessionTable>().TryGet(id, out var session));
        Assert.Equal(("slow", 1_000_000L, TimeSpan.FromHours(1)), (session.Limits.Role, session.Limits.DownloadRate, session.Limits.SessionTimeout!.Value));
    }

    [Fact]
    public async Task A_message_stands_on_the_status_page_as_text_until_the_person_has_read_it()
    {
        var id = await OpenAsync("127.0.0.1");
        using var desk = _site.Client(DeskRole.HelpDesk);
        using var sent = await PostAsync(desk, "/sessions/message", ("id", id), ("text", "Back up <b>now</b>\r\nAda\u202E"), ("confirm", "yes"));
        using var person = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = _site.Portal };
        var page = await person.GetStringAsync(new Uri("/portal/status", UriKind.Relative), Token);
        var token = page.Split("/portal/notice")[1].Split("name=\"token\" value=\"")[1].Split('"')[0];
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("token", WebUtility.HtmlDecode(token))]);
        using var read = await person.PostAsync(new Uri("/portal/notice", UriKind.Relative), form, Token);
        var after = await person.GetStringAsync(new Uri("/portal/status", UriKind.Relative), Token);

        Assert.Contains("Back up &lt;b&gt;now&lt;/b&gt;</p>", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', page);
        Assert.Equal(HttpStatusCode.SeeOther, read.StatusCode);
        Assert.DoesNotContain("Back up", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_confirmation_a_page_asks_and_nothing_is_done()
    {
        var id = await OpenAsync("192.0.2.1");
        using var desk = _site.Client(DeskRole.HelpDesk);
        using var answer = await PostAsync(desk, "/sessions/disconnect", ("id", id));

        var html = await answer.Content.ReadAsStringAsync(Token);
        Assert.Contains("Disconnect this session?</h1>", html, StringComparison.Ordinal);
        Assert.Contains("name=\"confirm\" value=\"yes\"", html, StringComparison.Ordinal);
        Assert.True(_site.Service<SessionTable>().TryGet(id, out _));
    }

    [Fact]
    public async Task All_that_match_are_found_anew_and_more_than_fifty_take_their_number()
    {
        for (var number = 1; number <= 60; number++)
        {
            await OpenAsync($"192.0.2.{number}", number <= 55 ? "bulk" : "other");
        }

        using var desk = _site.Client(DeskRole.HelpDesk, "ada");
        desk.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        using var without = await PostAsync(desk, "/sessions/disconnect", ("all", "1"), ("filter.user", "bulk"), ("confirm", "yes"));
        using var with = await PostAsync(desk, "/sessions/disconnect", ("all", "1"), ("filter.user", "bulk"), ("confirm", "yes"), ("typed", "55"));

        Assert.Equal(HttpStatusCode.Conflict, without.StatusCode);
        var said = await with.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal("55 disconnected.", said.GetProperty("message").GetString());
        Assert.Equal(5, _site.Service<SessionTable>().Count);
        var trail = await TrailAsync();
        Assert.Equal([("asked", "55 sessions"), ("done", "55 sessions")], trail.Select(line => (line.Outcome, line.Target!)));
        Assert.Contains("user=bulk", trail[0].Detail, StringComparison.Ordinal);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Task<HttpResponseMessage> PostAsync(HttpClient desk, string path, params (string Key, string Value)[] fields) =>
        desk.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Key, field.Value)).Append(KeyValuePair.Create("csrf", HeaderAuthentication.FormToken))), Token);

    private static Task<HttpResponseMessage> ApiAsync(HttpClient desk, string path, string? body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-CSRF", HeaderAuthentication.FormToken);
        return desk.SendAsync(request, Token);
    }

    private async Task<string> OpenAsync(string client, string user = "alice")
    {
        var opened = await _site.Service<SessionManager>().OpenAsync(
            new SessionOpening
            {
                AcctSessionId = Guid.NewGuid().ToString("N"),
                UserName = user,
                ClientAddress = IPAddress.Parse(client),
                Limits = new SessionLimits { SessionTimeout = TimeSpan.FromHours(1), IdleTimeout = TimeSpan.FromMinutes(10) },
                ServerName = "dc-1",
            },
            Token);
        return Assert.IsType<OpenOutcome.Opened>(opened).Session.AcctSessionId;
    }

    private async Task<AccountingEvent> StopAsync(string id)
    {
        while (true)
        {
            await _recorded.WaitAsync(Token);
            if (_records.TryDequeue(out var record) && record.Status == AccountingStatus.Stop && record.SessionId == id)
            {
                return record;
            }
        }
    }

    private static AcctTerminateCause Cause(AccountingEvent stop) =>
        stop.Request.Attributes.TryGetFirst(RadiusAttributeType.AcctTerminateCause, out var value) ? (AcctTerminateCause)BinaryPrimitives.ReadUInt32BigEndian(value) : default;

    private async Task<List<SessionEvent>> HistoryAsync(string id)
    {
        await using var database = await _site.DatabaseAsync();
        return await database.Set<SessionEvent>().Where(line => line.AcctSessionId == id).ToListAsync(Token);
    }

    private async Task<List<AuditRecord>> TrailAsync()
    {
        await using var database = await _site.DatabaseAsync();
        return await database.Set<AuditRecord>().Where(line => line.Action.StartsWith("session.")).OrderBy(line => line.Sequence).ToListAsync(Token);
    }
}
