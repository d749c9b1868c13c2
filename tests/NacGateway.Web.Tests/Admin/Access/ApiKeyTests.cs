using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Access;

/// <summary>Keys of programs: shown once, kept as a hash, with a role and an end, and never a way to more keys.</summary>
public sealed class ApiKeyTests(AccessSite site) : IClassFixture<AccessSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_shown_once_and_kept_as_its_hash_only()
    {
        using var admin = await site.SignedInAsync(DeskRole.Administrator);

        using var made = await admin.ActAsync("/settings/api-keys", ("name", "once"), ("role", "Viewer"), ("days", "90"));
        var key = Key(await made.Content.ReadAsStringAsync(Cancellation));

        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.Equal("nac_".Length + 43, key.Length);
        var list = await admin.PageAsync("/settings/api-keys");
        Assert.DoesNotContain(key, list, StringComparison.Ordinal);
        Assert.Contains(key[..12], list, StringComparison.Ordinal);
        await using var database = await site.Desk.DatabaseAsync();
        var row = await database.Set<ApiKey>().SingleAsync(one => one.Name == "once", Cancellation);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)), row.Hash);
        Assert.Equal(TimeSpan.FromDays(90), row.ExpiresAt - row.CreatedAt);
        var line = await database.Set<AuditRecord>().SingleAsync(one => one.Action == "api-key.make" && one.Target!.StartsWith("once"), Cancellation);
        Assert.DoesNotContain(key, $"{line.Target} {line.Detail}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_may_what_its_role_may_and_its_use_is_remembered()
    {
        var key = await MakeAsync("auditor", DeskRole.Auditor);

        using var allowed = await AskAsync(key, HttpMethod.Get, "/api/v1/audit");
        using var refused = await AskAsync(await MakeAsync("viewer", DeskRole.Viewer), HttpMethod.Get, "/api/v1/audit");

        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        await using var database = await site.Desk.DatabaseAsync();
        Assert.NotNull((await database.Set<ApiKey>().SingleAsync(one => one.Name == "auditor", Cancellation)).LastUsedAt);
    }

    [Theory]
    [InlineData("GET", "/api/v1/keys")]
    [InlineData("POST", "/api/v1/keys")]
    [InlineData("DELETE", "/api/v1/keys/1")]
    [InlineData("GET", "/api/v1/administrators")]
    [InlineData("POST", "/api/v1/administrators")]
    [InlineData("DELETE", "/api/v1/administrators/1")]
    [InlineData("GET", "/settings/admins")]
    [InlineData("POST", "/settings/api-keys")]
    public async Task A_key_of_an_administrator_makes_no_accounts_and_no_keys(string method, string path)
    {
        var key = await MakeAsync($"root {method} {path}", DeskRole.Administrator);

        using var answer = await AskAsync(key, new HttpMethod(method), path);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("nac_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("nac_")]
    [InlineData("")]
    [InlineData("something else")]
    public async Task Another_text_is_no_key_not_even_beside_a_good_cookie(string text)
    {
        using var admin = await site.SignedInAsync(DeskRole.Administrator);

        using var answer = await admin.GetAsync("/api/v1/audit", ("Authorization", $"Bearer {text}"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_withdrawn_or_is_over_is_none_any_more()
    {
        var withdrawn = await MakeAsync("withdrawn", DeskRole.Auditor);
        var over = await MakeAsync("over", DeskRole.Auditor);
        using var admin = await site.SignedInAsync(DeskRole.Administrator);
        await using (var database = await site.Desk.DatabaseAsync())
        {
            await database.Set<ApiKey>().Where(one => one.Name == "over").ExecuteUpdateAsync(set => set.SetProperty(one => one.ExpiresAt, DateTimeOffset.UnixEpoch), Cancellation);
            var id = (await database.Set<ApiKey>().SingleAsync(one => one.Name == "withdrawn", Cancellation)).Id;
            using var revoked = await admin.ActAsync("/settings/api-keys/revoke", ("id", $"{id}"), ("confirm", "yes"));
            Assert.Equal(HttpStatusCode.SeeOther, revoked.StatusCode);
        }

        using var first = await AskAsync(withdrawn, HttpMethod.Get, "/api/v1/audit");
        using var second = await AskAsync(over, HttpMethod.Get, "/api/v1/audit");

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], [first.StatusCode, second.StatusCode]);
    }

    [Theory]
    [InlineData("", "Viewer", "90")]
    [InlineData("x", "None", "90")]
    [InlineData("x", "Emperor", "90")]
    [InlineData("x", "Viewer", "0")]
    [InlineData("x", "Viewer", "731")]
    [InlineData("x", "Viewer", "-1")]
    [InlineData("a\u202Eb", "Viewer", "90")]
    public async Task What_cannot_be_made_is_said_and_not_made(string name, string role, string days)
    {
        using var admin = await site.SignedInAsync(DeskRole.Administrator);

        using var answer = await admin.ActAsync("/settings/api-keys", ("name", name), ("role", role), ("days", days));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("No key was made", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_keys_in_use_have_two_names()
    {
        using var admin = await site.SignedInAsync(DeskRole.Administrator);
        await MakeAsync("twin", DeskRole.Viewer);

        using var answer = await admin.ActAsync("/settings/api-keys", ("name", "twin"), ("role", "Viewer"), ("days", "1"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task The_api_makes_lists_and_withdraws_them_for_who_is_signed_in()
    {
        using var admin = await site.SignedInAsync(DeskRole.Administrator);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = site.Desk.Admin };
        client.DefaultRequestHeaders.Add("Cookie", $"nac-desk={admin.Session}");
        client.DefaultRequestHeaders.Add("X-CSRF", await admin.FormTokenAsync());

        using var made = await client.PostAsJsonAsync("/api/v1/keys", new { name = "by api", role = "helpDesk", days = 7 }, Cancellation);
        using var body = JsonDocument.Parse(await made.Content.ReadAsStringAsync(Cancellation));
        var list = await client.GetStringAsync("/api/v1/keys", Cancellation);
        using var revoked = await client.DeleteAsync(made.Headers.Location, Cancellation);
        using var again = await client.DeleteAsync(made.Headers.Location, Cancellation);

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.StartsWith("nac_", body.RootElement.GetProperty("key").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(body.RootElement.GetProperty("key").GetString()!, list, StringComparison.Ordinal);
        Assert.Contains("by api", list, StringComparison.Ordinal);
        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.NotFound], [revoked.StatusCode, again.StatusCode]);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("api_key")]
    [InlineData("access_token")]
    public async Task A_key_in_the_address_is_none_for_addresses_are_written_down_everywhere(string field)
    {
        var key = await MakeAsync($"in the address as {field}", DeskRole.Administrator);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = site.Desk.Admin };

        using var answer = await client.GetAsync($"/api/v1/audit?{field}={key}", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Using_a_key_often_writes_once_a_minute()
    {
        var key = await MakeAsync("busy", DeskRole.Viewer);
        using var first = await AskAsync(key, HttpMethod.Get, "/api/v1/sessions");
        var used = await LastUsedAsync("busy");
        for (var more = 0; more < 20; more++)
        {
            using var again = await AskAsync(key, HttpMethod.Get, "/api/v1/sessions");
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        }

        Assert.NotNull(used);
        Assert.Equal(used, await LastUsedAsync("busy"));
    }

    [Fact]
    public async Task The_password_of_a_test_cannot_be_guessed_from_what_an_Idempotency_Key_keeps()
    {
        const string Body = "{\"user\":\"alice\",\"password\":\"wonderland\"}";
        var key = await MakeAsync("tester", DeskRole.HelpDesk);
        var (first, replayed) = await TestAsync(key, Body);
        var (again, replayedAgain) = await TestAsync(key, Body);
        var (other, _) = await TestAsync(key, Body.Replace("wonderland", "looking-glass", StringComparison.Ordinal));

        var plain = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"POST\n/api/v1/radius/test\napplication/json; charset=utf-8\n\n{Body}"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (first, again, other));
        Assert.Equal((false, true), (replayed, replayedAgain));
        await using var database = await site.Desk.DatabaseAsync();
        var kept = Assert.Single(await database.Set<IdempotentReply>().ToListAsync(Cancellation));
        Assert.NotEqual(plain, kept.Request);
    }

    private async Task<DateTimeOffset?> LastUsedAsync(string name)
    {
        await using var database = await site.Desk.DatabaseAsync();
        return (await database.Set<ApiKey>().SingleAsync(one => one.Name == name, Cancellation)).LastUsedAt;
    }

    private async Task<(HttpStatusCode Status, bool IsReplayed)> TestAsync(string key, string body)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = site.Desk.Admin };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/radius/test")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", "one-of-a-poor-program");
        using var answer = await client.SendAsync(request, Cancellation);
        return (answer.StatusCode, answer.Headers.Contains("Idempotency-Replayed"));
    }

    private static string Key(string html) => Regex.Match(html, "nac_[A-Za-z0-9_-]{43}", RegexOptions.None, TimeSpan.FromSeconds(5)).Value;

    private async Task<string> MakeAsync(string name, DeskRole role)
    {
        var made = await site.Desk.Service<ApiKeys>().MakeAsync(name, role, TimeSpan.FromDays(1), new AuditEntry { Actor = "test", Action = "api-key.make" }, Cancellation);
        return made!.Value.Text;
    }

    private async Task<HttpResponseMessage> AskAsync(string key, HttpMethod method, string path)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = site.Desk.Admin };
        using var request = new HttpRequestMessage(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        if (method == HttpMethod.Post)
        {
            request.Content = JsonContent.Create(new { name = "x", role = "viewer" });
        }

        return await client.SendAsync(request, Cancellation);
    }
}
