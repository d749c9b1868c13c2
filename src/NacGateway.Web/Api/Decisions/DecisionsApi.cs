using Microsoft.AspNetCore.Http.HttpResults;
using NacGateway.Core.Insight.Decisions;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Decisions;

namespace NacGateway.Web.Api.Decisions;

/// <summary>Why somebody was let in or not.</summary>
internal static class DecisionsApi
{
    private const string Tag = "Decisions";

    public static void AddServices(IServiceCollection services)
    {
    }

    /// <param name="api">The group <c>/api/v1</c>.</param>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/decisions", ListAsync).RequireRight(DeskRight.Read).Describe("listDecisions", Tag, "Decisions about sign-ins and open sessions, newest first.");
        api.MapGet("/decisions/{id:long:min(1)}", FindAsync).RequireRight(DeskRight.Read).Describe("getDecision", Tag, "One decision: why, step by step, and what was said with the server.");
        SimulationsApi.Map(api);
    }

    private static async Task<Results<Ok<Page<DecisionItem>>, ApiProblem>> ListAsync(HttpContext context, [AsParameters] PageQuery page, [AsParameters] DecisionFilters filters, Cursors cursors, DecisionSearch search)
    {
        if (!cursors.TryRead(context, page, out var position, out var refused))
        {
            return refused;
        }

        var query = filters.Read();
        if (query.Notices.Count > 0)
        {
            return ApiProblem.Invalid("filters", string.Join(' ', query.Notices));
        }

        var found = await search.FindAsync(query with { Size = page.Take, After = position?[0] }, context.RequestAborted, counts: page.Total == true);
        return TypedResults.Ok(new Page<DecisionItem>(
            [.. found.Rows.Select(DecisionItem.Of)],
            found.Next is { } next ? cursors.Write(context, next) : null,
            found.Count is { } count ? new PageTotal(count, found.IsExact) : null));
    }

    private static async Task<Results<Ok<DecisionDetails>, ApiProblem>> FindAsync(HttpContext context, long id, DecisionStories stories) =>
        await stories.FindAsync(id, context.RequestAborted) is { } told ? TypedResults.Ok(DecisionDetails.Of(told)) : ApiProblem.NotFound($"There is no decision {id}, or its record is not kept any more.");
}
