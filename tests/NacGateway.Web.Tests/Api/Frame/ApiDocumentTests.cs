using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using NacGateway.Core.Administration;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Tests.Admin;
using Xunit;

namespace NacGateway.Web.Tests.Api.Frame;

/// <summary>The OpenAPI document against the routes that there are, and against the rules of OpenAPI 3.1.</summary>
public sealed class ApiDocumentTests(DeskSite site) : IClassFixture<DeskSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_strict_reader_finds_nothing_wrong_in_it()
    {
        var text = await DocumentAsync();

        var read = OpenApiDocument.Parse(text, "json");

        Assert.StartsWith("{\n  \"openapi\": \"3.1", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var root = JsonNode.Parse(await DocumentAsync())!;

        var dangling = References(root).Distinct(StringComparer.Ordinal).Where(reference => !Leads(root, reference));

        Assert.NotEmpty(References(root));
        Assert.Empty(dangling);
    }

    [Fact]
    public async Task Every_route_of_the_api_is_in_it_with_all_that_a_program_needs()
    {
        var paths = JsonNode.Parse(await DocumentAsync())!["paths"]!;

        var wanting = Routes().Select(route => (route.Path, route.Method, Lack: Lack(paths[route.Path]?[route.Method.ToLowerInvariant()], route.Right)))
            .Where(route => route.Lack is not null)
            .Select(route => $"{route.Method} {route.Path}: {route.Lack}");

        Assert.NotEmpty(Routes());
        Assert.Empty(wanting);
    }

    [Fact]
    public async Task No_two_operations_have_one_name()
    {
        var paths = JsonNode.Parse(await DocumentAsync())!["paths"]!.AsObject();

        var names = paths.SelectMany(path => path.Value!.AsObject()).Select(operation => (string)operation.Value!["operationId"]!).ToList();

        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public async Task It_is_for_those_who_are_signed_in_and_says_when_it_is_known()
    {
        using var nobody = site.Client(role: null);
        using var viewer = site.Client(DeskRole.FrontDesk);
        using var first = await viewer.GetAsync(ApiDocument.Address, Cancellation);
        using var again = new HttpRequestMessage(HttpMethod.Get, ApiDocument.Address);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var refused = await nobody.GetAsync(ApiDocument.Address, Cancellation);
        using var known = await viewer.SendAsync(again, Cancellation);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, known.StatusCode));
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }

    private static string? Lack(JsonNode? operation, DeskRight? right)
    {
        string[] wanted = ["summary", "operationId", "tags", "responses"];
        if (operation is null)
        {
            return "is not in the document";
        }

        if (wanted.FirstOrDefault(member => operation[member] is null) is { } missing)
        {
            return $"has no {missing}";
        }

        var problems = operation["responses"]!.AsObject().Where(response => response.Value!["content"]?["application/problem+json"]?["schema"] is not null).Select(response => response.Key).ToList();
        string[] answers = right is null ? ["400", "429", "500"] : right == DeskRight.None ? ["400", "401", "429", "500"] : ["400", "401", "403", "429", "500"];
        return answers.Except(problems, StringComparer.Ordinal).FirstOrDefault() is { } unsaid ? $"does not say what {unsaid} is"
            : !operation["responses"]!.AsObject().Any(response => response.Key[0] is '2' or '3') ? "does not say what it answers when all is well"
            : right is not null && operation["x-right"] is null ? "does not say which right it takes"
            : null;
    }

    private IEnumerable<(string Path, string Method, DeskRight? Right)> Routes() =>
        from endpoint in site.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = ApiDocument.PathOf(endpoint)
        where path == ApiDocument.Root || path.StartsWith(ApiDocument.Root + "/", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        select (Plain(path), method, endpoint.Metadata.GetMetadata<DeskAccess>()!.Right);

    /// <summary>Without the constraints of parameters, which the document says by schemas.</summary>
    private static string Plain(string path) => System.Text.RegularExpressions.Regex.Replace(path, @"\{\**(?<name>[^:}?]+)[^}]*\}", "{${name}}", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member is { Key: "$ref", Value: JsonValue value } && value.GetValueKind() == JsonValueKind.String ? [(string)value!] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static bool Leads(JsonNode root, string reference)
    {
        JsonNode? at = root;
        foreach (var step in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = at is JsonArray items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : at?[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
        }

        return reference.StartsWith('#') && at is not null;
    }

    private async Task<string> DocumentAsync()
    {
        using var viewer = site.Client(DeskRole.Viewer);
        return await viewer.GetStringAsync(ApiDocument.Address, Cancellation);
    }
}
