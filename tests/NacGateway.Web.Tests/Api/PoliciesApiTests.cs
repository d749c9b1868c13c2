using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using NacGateway.Core.Administration;
using NacGateway.Core.Policy;
using NacGateway.Web.Desk;
using NacGateway.Web.Tests.Admin;
using Xunit;

namespace NacGateway.Web.Tests.Api;

/// <summary>What the desk does with rules, programs can do too: from the version that they have read, and not over somebody else's.</summary>
public sealed class PoliciesApiTests : IAsyncLifetime
{
    private const string Staff = """{ "roles": [ { "name": "staff" } ], "rules": [ { "name": "everybody", "role": "staff" } ] }""";

    private readonly DeskSite _site = new();

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_change_needs_the_version_that_it_is_made_from()
    {
        using var admin = Client(DeskRole.Administrator);
        using var read = await admin.GetAsync("/api/v1/policies", Cancellation);
        var tag = read.Headers.ETag!;

        using var blind = await PutAsync(admin, Staff, tag: null);
        using var made = await PutAsync(admin, Staff, tag);
        using var late = await PutAsync(admin, Staff.Replace("everybody", "all", StringComparison.Ordinal), tag);

        Assert.Equal((HttpStatusCode.PreconditionRequired, HttpStatusCode.OK, HttpStatusCode.PreconditionFailed), (blind.StatusCode, made.StatusCode, late.StatusCode));
        Assert.NotEqual(tag, made.Headers.ETag);
        Assert.Equal(Staff, (await _site.Service<PolicyStore>().CurrentAsync(Cancellation))!.Document);
        Assert.Equal((await made.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("version").GetInt32(), _site.Service<PolicyBook>().Current.Version);
    }

    [Fact]
    public async Task A_wrong_document_is_refused_with_each_error()
    {
        using var admin = Client(DeskRole.Administrator);
        using var read = await admin.GetAsync("/api/v1/policies", Cancellation);

        using var refused = await PutAsync(admin, """{ "rules": [ { "name": "x" }, { "role": "y" } ] }""", read.Headers.ETag);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var errors = (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors").GetProperty("document");
        Assert.True(errors.GetArrayLength() >= 2);
    }

    [Fact]
    public async Task Versions_are_listed_page_by_page_and_read_one_by_one()
    {
        using var admin = Client(DeskRole.Administrator);
        for (var number = 0; number < 3; number++)
        {
            using var read = await admin.GetAsync("/api/v1/policies", Cancellation);
            using var made = await PutAsync(admin, Staff.Replace("everybody", $"rule {number}", StringComparison.Ordinal), read.Headers.ETag);
            Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        }

        var first = await admin.GetFromJsonAsync<JsonElement>("/api/v1/policies/versions?size=2&total=true", Cancellation);
        var second = await admin.GetFromJsonAsync<JsonElement>($"/api/v1/policies/versions?size=2&total=true&cursor={first.GetProperty("nextCursor").GetString()}", Cancellation);
        var newest = first.GetProperty("items")[0].GetProperty("version").GetInt32();
        var one = await admin.GetFromJsonAsync<JsonElement>($"/api/v1/policies/versions/{newest - 1}", Cancellation);

        Assert.Equal(newest, first.GetProperty("total").GetProperty("count").GetInt32());
        Assert.Equal(newest - 2, second.GetProperty("items")[0].GetProperty("version").GetInt32());
        Assert.Equal(("rule 1", false), (one.GetProperty("reading").GetProperty("rules")[0].GetProperty("name").GetString(), one.GetProperty("isInForce").GetBoolean()));
    }

    [Fact]
    public async Task An_earlier_version_is_restored_as_a_new_one()
    {
        using var admin = Client(DeskRole.Administrator);
        using var read = await admin.GetAsync("/api/v1/policies", Cancellation);
        using var first = await PutAsync(admin, Staff, read.Headers.ETag);
        var wanted = (await first.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("version").GetInt32();
        using var second = await PutAsync(admin, Staff.Replace("everybody", "all", StringComparison.Ordinal), first.Headers.ETag);

        using var stale = await RestoreAsync(admin, wanted, first.Headers.ETag!);
        using var restored = await RestoreAsync(admin, wanted, second.Headers.ETag!);
        using var missing = await RestoreAsync(admin, 4711, restored.Headers.ETag!);

        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.OK, HttpStatusCode.NotFound), (stale.StatusCode, restored.StatusCode, missing.StatusCode));
        var current = await _site.Service<PolicyStore>().CurrentAsync(Cancellation);
        Assert.Equal((wanted + 2, Staff), (current!.Version, current.Document));
    }

    [Fact]
    public async Task A_preview_changes_nothing()
    {
        using var admin = Client(DeskRole.Administrator);
        var version = await _site.Service<PolicyStore>().NewestAsync(Cancellation);

        using var preview = await admin.PostAsJsonAsync("/api/v1/policies/preview", new { document = Staff }, Cancellation);

        Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
        Assert.Equal(version + 1, (await preview.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("version").GetInt32());
        Assert.Equal(version, await _site.Service<PolicyStore>().NewestAsync(Cancellation));
    }

    [Fact]
    public async Task Who_may_only_read_reads()
    {
        using var viewer = Client(DeskRole.Viewer);

        using var read = await viewer.GetAsync("/api/v1/policies", Cancellation);
        using var put = await PutAsync(viewer, Staff, read.Headers.ETag);
        using var preview = await viewer.PostAsJsonAsync("/api/v1/policies/preview", new { document = Staff }, Cancellation);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (read.StatusCode, put.StatusCode, preview.StatusCode));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private HttpClient Client(DeskRole role)
    {
        var client = _site.Client(role);
        client.DefaultRequestHeaders.Add(DeskOrigin.Header, HeaderAuthentication.FormToken);
        return client;
    }

    private static async Task<HttpResponseMessage> RestoreAsync(HttpClient client, int version, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/policies/versions/{version}/restore");
        request.Headers.IfMatch.Add(tag);
        return await client.SendAsync(request, Cancellation);
    }

    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, string document, EntityTagHeaderValue? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/policies") { Content = JsonContent.Create(new { document }) };
        if (tag is not null)
        {
            request.Headers.IfMatch.Add(tag);
        }

        return await client.SendAsync(request, Cancellation);
    }
}
