using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NacGateway.Core.Administration;
using NacGateway.Core.Authentication;
using NacGateway.Core.Policy;
using NacGateway.Web.Tests.Admin.Rules;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Decisions;

/// <summary>The simulator on its page and by the API, beside sign-ins at the whole gateway with a RADIUS server of its own.</summary>
public sealed class SimulatorTests : IAsyncLifetime
{
    private const string Document = """
        { "roles": [ { "name": "staff", "limits": { "sessionTimeout": "00:20:00" } }, { "name": "guest", "devices": { "most": 1 } } ],
          "rules": [
            { "name": "elsewhere", "when": { "address": "192.0.2.0/24" }, "role": "staff" },
            { "name": "closed", "when": { "user": "ada" }, "refuse": "Come <b>later</b>." },
            { "name": "slow", "when": { "reply": { "attribute": "Idle-Timeout", "is": [ "600" ] } }, "role": "guest" } ] }
        """;

    private readonly DeskSite _site = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("alice", "wonderland", "127.0.0.1", "accept", "Session-Timeout = 3600", "Idle-Timeout = 600")]
    [InlineData("alice", "wonderland", "192.0.2.9", "accept", "Session-Timeout = 3600", "Idle-Timeout = 600")]
    [InlineData("ada", "analytical", "198.51.100.4", "accept", "Service-Type = Administrative-User", "Filter-Id = nac-admin")]
    [InlineData("eve", "anything", "127.0.0.1", "reject", "Reply-Message = \"account <b>locked</b>\"")]
    [InlineData("bob", "builder", "10.1.2.3", "challenge")]
    public async Task What_the_API_simulates_is_what_the_gateway_then_does(string user, string password, string address, string answer, params string[] attributes)
    {
        await ApplyAsync();
        using var viewer = Viewer();

        var simulated = await SimulateAsync(viewer, new { user, address, answer, attributes });
        await _site.Service<LoginService>().LoginAsync(new LoginAttempt { ClientAddress = IPAddress.Parse(address), UserName = user, Password = password }, Token);

        var page = await viewer.GetFromJsonAsync<JsonElement>("/api/v1/decisions", Token);
        var live = Assert.Single(page.GetProperty("items").EnumerateArray());
        foreach (var (name, other) in new[] { ("outcome", "outcome"), ("policyVersion", "policyVersion"), ("rule", "rule"), ("role", "role") })
        {
            Assert.Equal(live.GetProperty(name).ToString(), simulated.GetProperty(other).ToString());
        }

        Assert.Equal(live.GetProperty("verdict").GetString() == "granted", simulated.GetProperty("granted").GetBoolean());
        var whole = await viewer.GetFromJsonAsync<JsonElement>($"/api/v1/decisions/{live.GetProperty("id").GetInt64()}", Token);
        if (answer == "accept")
        {
            Assert.Equal(AfterReference(whole.GetProperty("recorded").GetString()!), AfterReference(simulated.GetProperty("recorded").GetString()!));
        }

        var detail = WebUtility.HtmlDecode(await (await viewer.GetAsync($"/decisions/{live.GetProperty("id").GetInt64()}", Token)).TextAsync());
        var link = detail.Split("href=\"/simulator?")[1].Split('"')[0];
        using var again = await viewer.GetAsync("/simulator?" + link, Token);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Contains("The record that would be kept", await again.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shows_each_rule_with_its_reason_the_limits_and_what_the_person_would_read()
    {
        await ApplyAsync();
        using var viewer = Viewer();

        var granted = await PageAsync(viewer, "/simulator?user=alice&ip=10.0.0.7&attr=Idle-Timeout+%3D+600%0ASession-Timeout+%3D+900");
        var refused = await PageAsync(viewer, "/simulator?user=ada&ip=10.0.0.7&at=2026-03-02T08:00:00Z");

        Assert.Contains("the client's address 10.0.0.7 is not in '192.0.2.0/24'", granted, StringComparison.Ordinal);
        Assert.Contains("Idle-Timeout 00:10:00", granted, StringComparison.Ordinal);
        Assert.Contains("1 device at once", granted, StringComparison.Ordinal);
        Assert.Contains("You are online", granted, StringComparison.Ordinal);
        Assert.Contains("Refused by rule '<bdi>closed</bdi>'", refused, StringComparison.Ordinal);
        Assert.Contains("a rule before it held", refused, StringComparison.Ordinal);
        Assert.Contains("2026-03-02 08:00:00 UTC", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_tried_without_being_saved()
    {
        using var viewer = Viewer();
        var before = await _site.Service<PolicyStore>().NewestAsync(Token);

        using var tried = await viewer.PostAsync("/simulator", ("user", "alice"), ("ip", "10.0.0.7"), ("document", """{ "rules": [ { "name": "shut", "refuse": "no" } ] }"""));
        using var wrong = await viewer.PostAsync("/simulator", ("user", "alice"), ("ip", "10.0.0.7"), ("document", "{\n  \"rules\": [ { \"nam\": \"<script>x</script>\" } ]\n}"));
        var byApi = await SimulateAsync(viewer, new { user = "alice", address = "10.0.0.7", document = """{ "rules": [ { "name": "shut", "refuse": "no" } ] }""" });

        Assert.Contains("Refused by rule", await tried.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("Line 2:", await wrong.TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>x", await wrong.TextAsync(), StringComparison.Ordinal);
        Assert.Equal("shut", byApi.GetProperty("rule").GetString());
        Assert.Equal(before, await _site.Service<PolicyStore>().NewestAsync(Token));
    }

    [Theory]
    [InlineData("ip=10.0.0.7", "Name a user")]
    [InlineData("user=a&ip=here", "This is no IP address")]
    [InlineData("user=a&ip=10.0.0.7&mac=zz", "This is no MAC address")]
    [InlineData("user=a&ip=10.0.0.7&at=noon", "This is no time")]
    [InlineData("user=a&ip=10.0.0.7&answer=7", "accept, reject, challenge or none")]
    [InlineData("user=a&ip=10.0.0.7&version=999", "There is no such version")]
    [InlineData("user=a&ip=10.0.0.7&attr=Idle-Timeout+%3D+600%0ANo-Such-Thing+%3D+1", "Line 2:")]
    [InlineData("user=a&ip=10.0.0.7&attr=User-Password+%3D+x", "Line 1: User-Password is secret")]
    [InlineData("user=a&ip=10.0.0.7&attr=Idle-Timeout+%3D+%3Cscript%3Ewindow.hit%3D1%3C/script%3E", "Line 1:")]
    public async Task What_is_wrong_is_said_where_it_is(string query, string said)
    {
        using var viewer = Viewer();

        using var answer = await viewer.GetAsync("/simulator?" + query, Token);

        var page = await answer.TextAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(said, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>window", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_takes_the_right_to_read_and_errors_of_the_API_name_the_member()
    {
        using var viewer = Viewer();
        using var front = Programs(DeskRole.FrontDesk);

        using var refused = await viewer.PostAsJsonAsync("/api/v1/simulations", new { user = "a", address = "here", attributes = new[] { "Class = x", "What = ?" } }, Token);

        Assert.Equal(HttpStatusCode.Forbidden, (await front.GetAsync("/simulator", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await front.PostAsJsonAsync("/api/v1/simulations", new { user = "a", address = "10.0.0.7" }, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var errors = (await refused.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("errors");
        Assert.StartsWith("Line 2:", errors.GetProperty("attributes")[0].GetString(), StringComparison.Ordinal);
        Assert.StartsWith("This is no IP address", errors.GetProperty("address")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("href=\"/simulator\"", await PageAsync(viewer, "/policies"), StringComparison.Ordinal);
        Assert.Contains("Nothing is simulated yet.", await PageAsync(viewer, "/simulator"), StringComparison.Ordinal);
    }

    private HttpClient Viewer() => Programs(DeskRole.Viewer);

    /// <summary>A client that sends what the script of a page sends with a POST.</summary>
    private HttpClient Programs(DeskRole role)
    {
        var client = _site.Client(role);
        client.DefaultRequestHeaders.Add("X-CSRF", HeaderAuthentication.FormToken);
        return client;
    }

    private async Task ApplyAsync()
    {
        var applied = await _site.Service<PolicyStore>().ApplyAsync(Document, "tester", Token);
        Assert.True(applied.IsNew, string.Join(Environment.NewLine, applied.Errors));
        await _site.Service<PolicyUpkeep>().FollowAsync(Token);
    }

    private static async Task<JsonElement> SimulateAsync(HttpClient client, object asked)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/simulations", asked, Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.TextAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    private static async Task<string> PageAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.TextAsync());
    }

    private static string AfterReference(string words) => words[(words.IndexOf(": ", StringComparison.Ordinal) + 2)..];
}
