using Microsoft.AspNetCore.Http.HttpResults;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Radius;

namespace NacGateway.Web.Api.Radius;

/// <summary>The RADIUS servers.</summary>
internal static class RadiusApi
{
    private const string Tag = "RADIUS";

    public static void AddServices(IServiceCollection services)
    {
    }

    /// <param name="api">The group <c>/api/v1</c>.</param>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/radius/servers", List).RequireRight(DeskRight.Read).Describe("listRadiusServers", Tag, "The RADIUS servers at each of their ports, and how each does.");
        api.MapGet("/radius/servers/{name}", Find).RequireRight(DeskRight.Read).Describe("getRadiusServer", Tag, "One RADIUS server at each of its ports.");
        api.MapPost("/radius/test", TestAsync).RequireRight(DeskRight.TestRadius).Describe("testRadius", Tag, "Sends a sign-in as a guest's is sent, and tells what came of it. No session is opened; refused tries count as failed sign-ins.").TakesSecret();
    }

    private static Ok<IReadOnlyList<ServerItem>> List(RadiusServerList servers) => TypedResults.Ok<IReadOnlyList<ServerItem>>([.. servers.Read().Select(ServerItem.Of)]);

    private static Results<Ok<IReadOnlyList<ServerItem>>, ApiProblem> Find(string name, RadiusServerList servers) =>
        servers.Find(name) is { Count: > 0 } found ? TypedResults.Ok<IReadOnlyList<ServerItem>>([.. found.Select(ServerItem.Of)]) : ApiProblem.NotFound("There is no RADIUS server of this name.");

    private static async Task<Results<Ok<TestSignInAnswer>, ApiProblem>> TestAsync(HttpContext context, TestSignIn test, RadiusTestDesk desk) =>
        await desk.RunAsync(context.DeskUser(), test.User, test.Password, test.Server, context.RequestAborted) is { } result
            ? TypedResults.Ok(TestSignInAnswer.Of(result))
            : new ApiProblem(ProblemKind.TooMany, $"At most {RadiusTestDesk.MostPerMinute} tests in a minute are sent for one administrator.") { RetryAfter = TimeSpan.FromMinutes(1) };
}
