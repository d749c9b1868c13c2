using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NacGateway.Core.Administration;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Tests.Admin;
using Xunit;

namespace NacGateway.Web.Tests.Api.Frame;

/// <summary>What every route of the API shares.</summary>
public sealed class ApiFrameTests(DeskSite site) : IClassFixture<DeskSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_index_says_who_asks_and_what_there_is()
    {
        using var viewer = site.Client(DeskRole.HelpDesk, "hana");

        var index = (await viewer.GetFromJsonAsync<JsonObject>("/api/v1", Cancellation))!;

        Assert.Equal(("hana", "helpDesk"), ((string?)index["user"], (string?)index["role"]));
        Assert.Equal("/openapi/v1.json", (string?)index["links"]!["openapi"]);
        Assert.Equal("/api/v1/problems", (string?)index["links"]!["problems"]);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing-of-this-name", 404, "not-found")]
    [InlineData("PUT", "/api/v1/problems", 405, "method")]
    [InlineData("GET", "/api/v1/problems/nothing", 404, "not-found")]
    public async Task Whatever_goes_wrong_is_told_by_problem_details(string method, string path, int status, string kind)
    {
        using var administrator = site.Client(DeskRole.Administrator);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("X-CSRF", HeaderAuthentication.FormToken);

        using var answer = await administrator.SendAsync(request, Cancellation);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, (int?)problem["status"]);
        Assert.Equal("/api/v1/problems/" + kind, (string?)problem["type"]);
        Assert.NotEmpty((string?)problem["title"] ?? "");
        Assert.Equal(path, (string?)problem["instance"]);
    }

    [Fact]
    public async Task The_type_of_a_problem_leads_to_its_explanation()
    {
        using var nobody = site.Client(role: null);

        foreach (var kind in ProblemKind.All)
        {
            var explanation = (await nobody.GetFromJsonAsync<JsonObject>(kind.Type, Cancellation))!;

            Assert.Equal((kind.Type, kind.Status), ((string?)explanation["type"], (int?)explanation["status"]));
        }
    }

    [Fact]
    public async Task A_program_without_a_key_is_told_how_to_sign_in()
    {
        using var nobody = site.Client(role: null);

        using var answer = await nobody.GetAsync("/api/v1", Cancellation);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal("/api/v1/problems/sign-in", (string?)problem["type"]);
    }

    [Theory]
    [InlineData("""{"at":"2026-11-26T14:03:00"}""")]
    [InlineData("""{"at":"2026-11-26T14:03:00Z","more":1}""")]
    [InlineData("""{"at":"2026-11-26T14:03:00Z","at":"2026-11-26T14:03:00Z"}""")]
    [InlineData("""{"at":"2026-11-26T14:03:00Z","kind":3}""")]
    [InlineData("""{}""")]
    public void Json_that_is_not_exactly_what_is_asked_for_is_refused(string json) =>
        Assert.Throws<System.Text.Json.JsonException>(() => System.Text.Json.JsonSerializer.Deserialize<Sample>(json, ApiJson.Options));

    [Fact]
    public void Instants_are_written_in_utc_and_names_of_kinds_in_words()
    {
        var sample = System.Text.Json.JsonSerializer.Deserialize<Sample>("""{"at":"2026-11-26T14:03:00+02:00","kind":"helpDesk"}""", ApiJson.Options)!;

        Assert.Equal("""{"at":"2026-11-26T12:03:00.000Z","kind":"helpDesk"}""", System.Text.Json.JsonSerializer.Serialize(sample, ApiJson.Options));
    }

    private sealed record Sample
    {
        public required DateTimeOffset At { get; init; }

        public DeskRole Kind { get; init; }
    }
}
