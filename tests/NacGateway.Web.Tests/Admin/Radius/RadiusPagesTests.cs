using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Web.Desk;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Radius;

/// <summary>Each trouble of a server has its own name and its own remedy, and a test sign-in shows what a guest would meet.</summary>
public sealed class RadiusPagesTests : IAsyncLifetime
{
    private readonly OddRadiusServer _forger = new(isUnsigned: false);
    private readonly OddRadiusServer _unsigned = new(isUnsigned: true);
    private readonly Socket _silent = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private DeskSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Dictionary<string, string?> more = new(StringComparer.Ordinal) { ["Radius:LoginBudget"] = "00:00:02" };
        Add(more, 1, "forged", _forger.Port);
        Add(more, 2, "unsigned", _unsigned.Port);
        Add(more, 3, "silent", ((IPEndPoint)_silent.LocalEndPoint!).Port);
        _site = new DeskSite { More = more };
        return _site.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _silent.Dispose();
        await _forger.DisposeAsync();
        await _unsigned.DisposeAsync();
    }

    [Theory]
    [InlineData("forged", "its replies cannot be believed: their authenticator is wrong", "Wrong authenticator: another shared secret", "wrongAuthenticator")]
    [InlineData("unsigned", "answers, but without Message-Authenticator", "No Message-Authenticator: such a reply can be forged", "missingMessageAuthenticator")]
    [InlineData("silent", "did not answer", "no answer within", null)]
    public async Task A_bad_secret_a_missing_signature_and_silence_are_told_apart(string server, string words, string onItsPage, string? drop)
    {
        using var helpDesk = Client(DeskRole.HelpDesk);

        var answer = await TestAsync(helpDesk, "alice", "wonderland", server);
        var page = await GetAsync(helpDesk, $"/radius/{server}");
        var items = await helpDesk.GetFromJsonAsync<JsonElement>($"/api/v1/radius/servers/{server}", Token);

        Assert.Equal("unanswered", answer.GetProperty("outcome").GetString());
        Assert.Contains(words, answer.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Contains(onItsPage, page, StringComparison.Ordinal);
        Assert.Single(page.Split("<h1>")[1..]);
        var item = Assert.Single(items.EnumerateArray());
        Assert.NotEmpty(item.GetProperty("errors").EnumerateArray());
        Assert.Equal((drop is null ? 1 : 0, drop is null ? 0 : 1), (item.GetProperty("timeouts").GetInt64(), item.GetProperty("disbelieved").GetInt64()));
        foreach (var reason in item.GetProperty("notBelieved").EnumerateObject().Where(reason => reason.Name is not ("unknownIdentifier" or "late")))
        {
            Assert.Equal(reason.Name == drop, reason.Value.GetInt64() > 0);
        }
    }

    [Fact]
    public async Task A_server_that_answers_is_up_with_its_percentiles_and_its_signature_seen()
    {
        using var helpDesk = Client(DeskRole.HelpDesk);
        await TestAsync(helpDesk, "alice", "wonderland", "dc-1");

        var item = Assert.Single((await helpDesk.GetFromJsonAsync<JsonElement>("/api/v1/radius/servers/dc-1", Token)).EnumerateArray());
        var page = await GetAsync(helpDesk, "/radius");

        Assert.Equal("up", item.GetProperty("state").GetString());
        Assert.True(item.GetProperty("p99").GetDouble() > 0);
        Assert.Equal("Required, and seen", item.GetProperty("messageAuthenticator").GetString());
        Assert.Contains("data-row=\"auth-dc-1\"", page, StringComparison.Ordinal);
        Assert.Contains("Required, not seen yet", page, StringComparison.Ordinal);
        Assert.Contains("New sign-ins are refused", page, StringComparison.Ordinal);
        Assert.Single(page.Split("<h1>")[1..]);
    }

    [Fact]
    public async Task A_test_shows_the_exchange_without_the_password_opens_no_session_and_is_audited()
    {
        using var helpDesk = Client(DeskRole.HelpDesk, "hedy");

        var accepted = await PostAsync(helpDesk, "alice", "wonderland", "dc-1", HttpStatusCode.OK);
        var rejected = await PostAsync(helpDesk, "eve", "wonderland2", "dc-1", HttpStatusCode.OK);

        Assert.Contains("accepted the user", accepted, StringComparison.Ordinal);
        Assert.Contains("User-Password", accepted, StringComparison.Ordinal);
        Assert.Contains("(hidden, 16 octets)", accepted, StringComparison.Ordinal);
        Assert.Contains("Session-Timeout", accepted, StringComparison.Ordinal);
        Assert.Contains("account &lt;b&gt;locked&lt;/b&gt;", rejected, StringComparison.Ordinal);
        Assert.DoesNotContain("wonderland", accepted + rejected, StringComparison.Ordinal);
        Assert.Equal(0, _site.Service<SessionTable>().Count);
        await using var database = await _site.DatabaseAsync();
        Assert.Empty(await database.Set<PolicyDecision>().ToListAsync(Token));
        var lines = await database.Set<AuditRecord>().Where(line => line.Action == "radius.test").OrderBy(line => line.Sequence).ToListAsync(Token);
        Assert.Equal(["alice", "eve"], lines.Select(line => line.Target), StringComparer.Ordinal);
        Assert.All(lines, line => Assert.Equal("hedy", line.Actor));
        Assert.DoesNotContain(lines, line => (line.Detail + line.Target).Contains("wonderland", StringComparison.Ordinal));
        Assert.DoesNotContain(_site.Log, line => line.Message.Contains("wonderland", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_challenge_ends_the_test_and_the_whole_pool_can_be_asked()
    {
        using var helpDesk = Client(DeskRole.HelpDesk);

        var answer = await TestAsync(helpDesk, "bob", "builder", "dc-1");
        var nowhere = await TestAsync(helpDesk, "bob", "builder", "elsewhere");

        Assert.Equal("challenged", answer.GetProperty("outcome").GetString());
        Assert.Equal("Access-Challenge", answer.GetProperty("reply").GetProperty("name").GetString());
        Assert.Equal("noServer", nowhere.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_test_is_no_way_round_the_lockout()
    {
        using var helpDesk = Client(DeskRole.HelpDesk);
        for (var tries = 0; tries < 5; tries++)
        {
            Assert.Equal("rejected", (await TestAsync(helpDesk, "alice", "guess", "dc-1")).GetProperty("outcome").GetString());
        }

        var locked = await TestAsync(helpDesk, "alice", "wonderland", "dc-1");

        Assert.Equal("throttled", locked.GetProperty("outcome").GetString());
        Assert.False(locked.TryGetProperty("request", out var request) && request.ValueKind != JsonValueKind.Null);
    }

    [Fact]
    public async Task Tests_have_a_pace_of_their_own()
    {
        using var helpDesk = Client(DeskRole.HelpDesk, "hasty");
        for (var tries = 0; tries < 10; tries++)
        {
            await TestAsync(helpDesk, "bob", "builder", "elsewhere");
        }

        Assert.Contains("More than 10 tests in a minute", await PostAsync(helpDesk, "bob", "builder", "elsewhere", HttpStatusCode.TooManyRequests), StringComparison.Ordinal);
        using var answer = await helpDesk.PostAsJsonAsync("/api/v1/radius/test", new { user = "bob", password = "builder" }, Token);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
    }

    [Fact]
    public async Task Who_may_only_read_is_not_offered_a_test_and_cannot_send_one()
    {
        using var viewer = Client(DeskRole.Viewer);

        var page = await GetAsync(viewer, "/radius");
        using var form = await viewer.GetAsync("/radius/test", Token);
        using var api = await viewer.PostAsJsonAsync("/api/v1/radius/test", new { user = "alice", password = "wonderland" }, Token);
        using var missing = await viewer.GetAsync("/radius/nobody", Token);

        Assert.DoesNotContain("/radius/test", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, form.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, api.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("It shows the last hour.", await GetAsync(viewer, "/radius?range=soon"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_feed_tells_the_cells_of_each_server()
    {
        using var viewer = Client(DeskRole.Viewer);
        using var stream = await viewer.GetStreamAsync("/live/radius", Token);
        using var reader = new StreamReader(stream);
        string? line;
        while ((line = await reader.ReadLineAsync(Token)) is not null && !line.Contains("\"rows\"", StringComparison.Ordinal))
        {
        }

        Assert.Contains("\"auth-dc-1\":", line, StringComparison.Ordinal);
        Assert.Contains("\"p99\":", line, StringComparison.Ordinal);
    }

    private HttpClient Client(DeskRole role, string name = "tester")
    {
        var client = _site.Client(role, name);
        client.DefaultRequestHeaders.Add(DeskOrigin.Header, HeaderAuthentication.FormToken);
        return client;
    }

    private static void Add(Dictionary<string, string?> settings, int number, string name, int port)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"Radius:Servers:{number}");
        settings[$"{key}:Name"] = name;
        settings[$"{key}:Host"] = "127.0.0.1";
        settings[$"{key}:AuthenticationPort"] = port.ToString(CultureInfo.InvariantCulture);
        settings[$"{key}:Secret"] = OddRadiusServer.Secret;
        settings[$"{key}:Priority"] = "9";
    }

    private static async Task<JsonElement> TestAsync(HttpClient client, string user, string password, string server)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/radius/test", new { user, password, server }, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        Assert.DoesNotContain(password, text, StringComparison.Ordinal);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<string> PostAsync(HttpClient client, string user, string password, string server, HttpStatusCode status)
    {
        var form = await GetAsync(client, "/radius/test");
        var token = form.Split("name=\"csrf\" value=\"")[1].Split('"')[0];
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["csrf"] = token, ["user"] = user, ["password"] = password, ["server"] = server });
        using var answer = await client.PostAsync("/radius/test", content, Token);
        Assert.Equal(status, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    private static async Task<string> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return text;
    }
}
