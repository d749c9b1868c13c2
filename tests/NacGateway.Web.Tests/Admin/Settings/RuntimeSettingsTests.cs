using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Administration;
using NacGateway.Core.Administration.Runtime;
using NacGateway.Core.Audit;
using NacGateway.Core.Sessions;
using NacGateway.Web.Desk;
using NacGateway.Web.Tests.Admin.Rules;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Settings;

/// <summary>What an administrator changes is in force with no restart, is kept, is told, and can be taken back.</summary>
public sealed class RuntimeSettingsTests : IAsyncLifetime
{
    private const string Garden = "WalledGarden:Hosts";
    private const string Hostile = "<script>alert(1)</script>\u202E";

    private readonly DeskSite _site = new()
    {
        More = new Dictionary<string, string?>(StringComparer.Ordinal) { ["WalledGarden:Hosts:0"] = "help.invalid" },
        Seed = async database =>
        {
            var at = TimeProvider.System.GetUtcNow();
            database.AddRange(
                new SettingVersion { Name = "Sessions:MaxPerUser", Value = "3", CreatedAt = at, CreatedBy = Hostile },
                new SettingVersion { Name = "Sessions:IdleTimeout", Value = "00:20:00", CreatedAt = at, CreatedBy = "k.ito" });
            await database.SaveChangesAsync(Cancellation);
            database.Add(new SettingVersion { Name = "Sessions:IdleTimeout", Value = "20", CreatedAt = at, CreatedBy = "k.ito" });
            await database.SaveChangesAsync(Cancellation);
        },
    };

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task An_entry_opens_the_gate_to_the_next_request_and_its_removal_closes_it_and_undo_opens_it_again()
    {
        using var admin = _site.Client(DeskRole.Administrator, "k.ito");
        Assert.Equal(HttpStatusCode.NetworkAuthenticationRequired, await AskAsync("pay.invalid"));

        using var added = await SaveAsync(admin, Garden, "help.invalid\r\npay.invalid\r\n");
        var first = Version(Garden);
        var opened = await AskAsync("pay.invalid");
        using var removed = await SaveAsync(admin, Garden, "help.invalid");
        var closed = await AskAsync("pay.invalid");
        using var previewed = await admin.PostAsync("/settings/preview", ("name", Garden), ("version", $"{Version(Garden)}"), ("restore", $"{first}"));
        using var restored = await SaveAsync(admin, Garden, "help.invalid\npay.invalid");

        Assert.Equal(("/garden", "/garden", "/garden"), (Location(added), Location(removed), Location(restored)));
        Assert.NotEqual(HttpStatusCode.NetworkAuthenticationRequired, opened);
        Assert.Equal(HttpStatusCode.NetworkAuthenticationRequired, closed);
        Assert.Contains("Clients that are not signed in gain pay.invalid", await previewed.TextAsync(), StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.NetworkAuthenticationRequired, await AskAsync("pay.invalid"));
        await using var database = await _site.DatabaseAsync();
        var lines = await database.Set<AuditRecord>().Where(line => line.Action == "setting.save" && line.Target == Garden).OrderBy(line => line.Sequence).ToListAsync(Cancellation);
        Assert.Equal(3, lines.Count);
        Assert.Equal(("k.ito", "From 'help.invalid' to 'help.invalid, pay.invalid'."), (lines[0].Actor, lines[0].Detail));
    }

    [Fact]
    public async Task Who_was_overtaken_is_told_what_changed_and_keeps_his_text()
    {
        using var first = _site.Client(DeskRole.Administrator, "first");
        using var second = _site.Client(DeskRole.Administrator, "second");

        using var saved = await first.PostAsync("/settings/save", ("name", Garden), ("version", "0"), ("value", "one.invalid"));
        using var late = await second.PostAsync("/settings/save", ("name", Garden), ("version", "0"), ("value", "two.invalid"));

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.Conflict), (saved.StatusCode, late.StatusCode));
        var page = await late.TextAsync();
        Assert.Contains("Somebody else changed it meanwhile.", page, StringComparison.Ordinal);
        Assert.Contains("one.invalid", page, StringComparison.Ordinal);
        Assert.Contains("two.invalid", page, StringComparison.Ordinal);
        Assert.Equal("one.invalid", _site.Service<RuntimeSettings>().Find(Garden)!.Value);
    }

    [Fact]
    public async Task Kept_values_hold_from_the_start_and_one_that_is_not_valid_is_left_aside_with_a_warning()
    {
        using var viewer = _site.Client(DeskRole.Viewer);
        var page = await viewer.GetStringAsync("/settings", Cancellation);

        var options = _site.Service<SessionSettings>().Current;
        Assert.Equal((3, TimeSpan.FromMinutes(20)), (options.MaxPerUser, options.IdleTimeout));
        Assert.Contains(_site.Log, line => line.Id.Id == 8511 && line.Message.Contains("Sessions:IdleTimeout", StringComparison.Ordinal));
        Assert.Contains("The newest version is left aside.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("Set here by", page, StringComparison.Ordinal);
        Assert.Contains("Radius:Servers:0:Secret", page, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret between two tests", page, StringComparison.Ordinal);
        Assert.DoesNotContain("gateway.db", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sessions:MaxPerUser", "-1")]
    [InlineData("Sessions:SessionTimeout", "30")]
    [InlineData("Sessions:SessionTimeout", "00:00:01")]
    [InlineData("Sessions:KeptFor", "9999.00:00:00")]
    [InlineData(Garden, "https://pay.invalid/")]
    public async Task A_value_that_is_not_right_is_refused_with_the_reason(string name, string value)
    {
        using var admin = _site.Client(DeskRole.Administrator);
        var before = _site.Service<RuntimeSettings>().Find(name)!.Value;

        using var refused = await SaveAsync(admin, name, value);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("Nothing was saved.", await refused.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(before, _site.Service<RuntimeSettings>().Find(name)!.Value);
    }

    [Fact]
    public async Task New_terms_hold_for_the_next_sign_in()
    {
        using var admin = _site.Client(DeskRole.Administrator);

        using var saved = await SaveAsync(admin, "Sessions:SessionTimeout", "02:00:00");

        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        Assert.Equal(TimeSpan.FromHours(2), _site.Service<SessionTerms>().Of(TimeProvider.System.GetUtcNow()).Local.SessionTimeout);
        Assert.Equal(3, _site.Service<SessionTerms>().Of(TimeProvider.System.GetUtcNow()).LocalDevices?.Most);
    }

    [Fact]
    public async Task What_another_gateway_keeps_is_followed()
    {
        await using (var database = await _site.DatabaseAsync())
        {
            database.Add(new SettingVersion { Name = Garden, Value = "other.invalid", CreatedAt = TimeProvider.System.GetUtcNow(), CreatedBy = "other" });
            await database.SaveChangesAsync(Cancellation);
        }

        await _site.Service<RuntimeSettings>().FollowAsync(Cancellation);

        Assert.Equal(HttpStatusCode.NetworkAuthenticationRequired, await AskAsync("help.invalid"));
        Assert.NotEqual(HttpStatusCode.NetworkAuthenticationRequired, await AskAsync("other.invalid"));
    }

    [Fact]
    public async Task The_page_of_the_garden_says_what_each_entry_opens_and_tests_a_name()
    {
        using var viewer = _site.Client(DeskRole.Viewer);

        var inside = await viewer.GetStringAsync("/garden?host=help.invalid", Cancellation);
        var outside = await viewer.GetStringAsync($"/garden?host={Uri.EscapeDataString(Hostile)}", Cancellation);
        using var save = await viewer.PostAsync("/settings/save", ("name", Garden), ("version", "0"), ("value", ""));
        var form = await viewer.GetStringAsync($"/settings/value?name={Garden}", Cancellation);

        Assert.Contains("The name help.invalid alone", inside, StringComparison.Ordinal);
        Assert.Contains("Inside.", inside, StringComparison.Ordinal);
        Assert.Contains("Outside.", outside, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", outside, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, save.StatusCode);
        Assert.DoesNotContain("/settings/preview", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_do_the_same_from_the_version_that_they_have_read()
    {
        using var admin = _site.Client(DeskRole.Administrator);
        admin.DefaultRequestHeaders.Add(DeskOrigin.Header, HeaderAuthentication.FormToken);
        using var read = await admin.GetAsync("/api/v1/garden", Cancellation);

        using var blind = await SendAsync(admin, HttpMethod.Put, "/api/v1/garden", new { entries = new[] { "a.invalid" } }, tag: null);
        using var trial = await SendAsync(admin, HttpMethod.Post, $"/api/v1/settings/{Garden}/trial", new { value = "a.invalid" }, tag: null);
        using var made = await SendAsync(admin, HttpMethod.Put, "/api/v1/garden", new { entries = new[] { "a.invalid" } }, read.Headers.ETag);
        var first = Version(Garden);
        using var late = await SendAsync(admin, HttpMethod.Put, "/api/v1/garden", new { entries = new[] { "b.invalid" } }, read.Headers.ETag);
        using var wrong = await SendAsync(admin, HttpMethod.Put, $"/api/v1/settings/{Garden}", new { value = "*" }, made.Headers.ETag);
        using var back = await SendAsync(admin, HttpMethod.Put, $"/api/v1/settings/{Garden}", new { value = (string?)null }, made.Headers.ETag);
        using var restored = await SendAsync(admin, HttpMethod.Post, $"/api/v1/settings/{Garden}/versions/{first}/restore", body: null, back.Headers.ETag);
        var versions = await admin.GetFromJsonAsync<JsonElement>($"/api/v1/settings/{Garden}/versions", Cancellation);
        var all = await admin.GetFromJsonAsync<JsonElement>("/api/v1/settings", Cancellation);

        Assert.Equal(
            (HttpStatusCode.PreconditionRequired, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.PreconditionFailed, HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK, HttpStatusCode.OK),
            (blind.StatusCode, trial.StatusCode, made.StatusCode, late.StatusCode, wrong.StatusCode, back.StatusCode, restored.StatusCode));
        Assert.Contains("gain a.invalid", await trial.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(3, versions.GetProperty("items").GetArrayLength());
        Assert.Equal("a.invalid", all.EnumerateArray().Single(one => one.GetProperty("name").GetString() == Garden).GetProperty("value").GetString());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string? Location(HttpResponseMessage answer) => answer.Headers.Location?.ToString();

    private long Version(string name) => _site.Service<RuntimeSettings>().Find(name)!.Version;

    private Task<HttpResponseMessage> SaveAsync(HttpClient client, string name, string value) =>
        client.PostAsync("/settings/save", ("name", name), ("version", $"{Version(name)}"), ("value", value));

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, object? body, System.Net.Http.Headers.EntityTagHeaderValue? tag)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (tag is not null)
        {
            request.Headers.IfMatch.Add(tag);
        }

        return await client.SendAsync(request, Cancellation);
    }

    /// <summary>What the gate answers a client that is not signed in; a name under .invalid is never found, so that what is let pass fails behind it.</summary>
    private async Task<HttpStatusCode> AskAsync(string host)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, _site.Gate) { Headers = { Host = host } };
        using var answer = await client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
