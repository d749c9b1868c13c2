using Microsoft.AspNetCore.Http.HttpResults;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Overview;

namespace NacGateway.Web.Api.Overview;

/// <summary>Figures of the first page.</summary>
internal static class OverviewApi
{
    private const string Tag = "Overview";

    public static void AddServices(IServiceCollection services)
    {
    }

    /// <param name="api">The group <c>/api/v1</c>.</param>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/overview", ReadAsync).RequireRight(DeskRight.Read).Describe("getOverview", Tag, "How the gateway stands, what needs a person, and what was done in a range.");
        api.MapGet("/activity", ActivityAsync).RequireRight(DeskRight.Read).Describe("getActivity", Tag, "What all gateways on the database did in a range, piece by piece, with gaps where nothing is known.");
    }

    private static async Task<Results<Ok<OverviewReport>, ApiProblem>> ReadAsync(HttpContext context, [AsParameters] RangeAsked asked, IOverviewReport overview)
    {
        var (report, problem) = await overview.ReadAsync(asked, context.RequestAborted);
        return report is null ? ApiProblem.Invalid("range", problem!) : TypedResults.Ok(report);
    }

    private static async Task<Results<Ok<IReadOnlyList<ActivityPoint>>, ApiProblem>> ActivityAsync(HttpContext context, [AsParameters] RangeAsked asked, IOverviewReport overview)
    {
        var (points, problem) = await overview.ActivityAsync(asked, context.RequestAborted);
        return points is null ? ApiProblem.Invalid("range", problem!) : TypedResults.Ok(points);
    }
}
