using Microsoft.AspNetCore.Http.HttpResults;
using NacGateway.Web.Desk;

namespace NacGateway.Web.Api.Frame;

/// <summary>The start of the API, and the explanations of its problems.</summary>
internal static class IndexApi
{
    private const string Tag = "API";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/", Index).RequireSignIn().Describe("getIndex", Tag, "Says who asks, and where the parts of the API are.");
        api.MapGet("/problems", () => TypedResults.Ok<IReadOnlyList<ProblemExplanation>>([.. ProblemKind.All.Select(ProblemExplanation.Of)]))
            .AllowAnybody().Describe("listProblems", Tag, "Explains every kind of problem that the API answers with.");
        api.MapGet("/problems/{name}", Explain).AllowAnybody().Describe("getProblem", Tag, "Explains one kind of problem.");
    }

    private static Ok<ApiIndex> Index(HttpContext context, EndpointDataSource endpoints)
    {
        var user = context.DeskUser();
        var links = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.Parameters.Count == 0 && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get, StringComparer.Ordinal) == true)
            .Select(endpoint => (Path: ApiDocument.PathOf(endpoint), endpoint.Metadata.GetMetadata<DeskAccess>()?.Right))
            .Where(route => route.Path.StartsWith(ApiDocument.Root + "/", StringComparison.Ordinal) && (route.Right is null or DeskRight.None || user.May(route.Right.Value)))
            .Select(route => KeyValuePair.Create(route.Path[(ApiDocument.Root.Length + 1)..], route.Path))
            .Append(KeyValuePair.Create("openapi", ApiDocument.Address))
            .OrderBy(link => link.Key, StringComparer.Ordinal);
        return TypedResults.Ok(new ApiIndex("NacGateway", ApiDocument.Program, user.Name, ApiDocument.Spell(user.Role), new OrderedDictionary<string, string>(links, StringComparer.Ordinal)));
    }

    private static Results<Ok<ProblemExplanation>, ApiProblem> Explain(string name) =>
        ProblemKind.All.FirstOrDefault(kind => kind.Name == name) is { } kind
            ? TypedResults.Ok(ProblemExplanation.Of(kind))
            : ApiProblem.NotFound("There is no kind of problem of this name; /api/v1/problems lists them.");
}
