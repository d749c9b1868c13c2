using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using NacGateway.Core.Insight.Acts;
using NacGateway.Core.Insight.Search;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Acts;

namespace NacGateway.Web.Api.Sessions.Detail;

/// <summary>What is done to sessions, one and several: the same services as behind the pages.</summary>
internal static class SessionActsApi
{
    private const string Tag = "Sessions";
    private const int MostIds = 1000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/sessions/{id}/disconnect", (HttpContext context, string id, SessionDesk desk, SessionSearch search) => OneAsync(context, id, new SessionAct.Disconnect(), desk, search))
            .RequireRight(DeskRight.ActOnSessions).Describe("disconnectSession", Tag, "Ends a session; when this answers, its traffic is cut. If-Match may be sent.");
        api.MapDelete("/sessions/{id}", (HttpContext context, string id, SessionDesk desk, SessionSearch search) => OneAsync(context, id, new SessionAct.Disconnect(), desk, search))
            .RequireRight(DeskRight.ActOnSessions).Describe("endSession", Tag, "Ends a session, as disconnect does.");
        Map(api, "extend", DeskRight.ActOnSessions, "extendSession", "Moves the end of a session by minutes. If-Match may be sent.", "extendSessions", "Moves the end of several sessions.");
        Map(api, "role", DeskRight.ChangeRoles, "changeSessionRole", "Puts a session under another role. If-Match may be sent.", "changeSessionRoles", "Puts several sessions under another role.");
        Map(api, "message", DeskRight.ActOnSessions, "messageSession", "Writes to the person of a session, on the status page. If-Match may be sent.", "messageSessions", "Writes to the people of several sessions.");
        api.MapPost("/sessions/disconnect", (HttpContext context, BulkRequest request, SessionDesk desk) => SeveralAsync(context, "disconnect", request, desk))
            .RequireRight(DeskRight.ActOnSessions).Describe("disconnectSessions", Tag, "Ends several sessions.").TakesBody(256 * 1024);
    }

    private static void Map(IEndpointRouteBuilder api, string verb, DeskRight right, string one, string oneSummary, string several, string severalSummary)
    {
        api.MapPost($"/sessions/{{id}}/{verb}", (HttpContext context, string id, ActRequest request, SessionDesk desk, SessionSearch search) => OneAsync(context, id, verb, request, desk, search))
            .RequireRight(right).Describe(one, Tag, oneSummary);
        api.MapPost($"/sessions/{verb}", (HttpContext context, BulkRequest request, SessionDesk desk) => SeveralAsync(context, verb, request, desk))
            .RequireRight(right).Describe(several, Tag, severalSummary).TakesBody(256 * 1024);
    }

    private static async Task<Results<Ok<ActAnswer>, ApiProblem>> OneAsync(HttpContext context, string id, string verb, ActRequest request, SessionDesk desk, SessionSearch search) =>
        Read(verb, request.Minutes, request.Role, request.Text, out var refused) is { } act ? await OneAsync(context, id, act, desk, search) : refused!;

    private static async Task<Results<Ok<ActAnswer>, ApiProblem>> OneAsync(HttpContext context, string id, SessionAct act, SessionDesk desk, SessionSearch search)
    {
        if (await search.FindAsync(id, context.RequestAborted) is not { } row)
        {
            return ApiProblem.NotFound("There is no session of this Acct-Session-Id.");
        }

        if (context.Request.Headers.IfMatch.Count > 0 && !EntityTags.Allow(context, SessionTags.Of(row), out var stale))
        {
            return stale;
        }

        var result = await desk.ActAsync(context.DeskUser(), act, row.AcctSessionId);
        return result.Fate == ActFate.Failed ? ApiProblem.Conflict(result.Words) : TypedResults.Ok(ActAnswer.Of(result));
    }

    private static async Task<Results<Ok<BulkAnswer>, ApiProblem>> SeveralAsync(HttpContext context, string verb, BulkRequest request, SessionDesk desk)
    {
        if (Read(verb, request.Minutes, request.Role, request.Text, out var refused) is not { } act)
        {
            return refused!;
        }

        if ((request.Ids is null) == (request.Filter is null) || request.Ids is { Count: 0 or > MostIds })
        {
            return ApiProblem.Invalid("ids", $"Send 1 to {MostIds} ids, or a filter, and not both.");
        }

        var chosen = request.Ids is { } ids
            ? new ActSelection([.. ids.Distinct(StringComparer.Ordinal)], Filter: null)
            : await desk.SelectAsync([.. request.Filter!], context.RequestAborted);
        if (!chosen.Fits(request.Expected?.ToString(CultureInfo.InvariantCulture)))
        {
            return ApiProblem.Conflict($"It would be {chosen.Ids.Count} sessions now. Send that number as expected.");
        }

        return TypedResults.Ok(BulkAnswer.Of(await desk.ActAsync(context.DeskUser(), act, chosen)));
    }

    private static SessionAct? Read(string verb, int? minutes, string? role, string? text, out ApiProblem? refused)
    {
        refused = null;
        var act = verb switch
        {
            "extend" => SessionAct.TryExtend(minutes ?? 0, out var extend) ? extend : null,
            "role" => SessionAct.TryRole(role, out var change) ? change : null,
            "message" => SessionAct.TryTell(text, out var tell) ? tell : null,
            _ => new SessionAct.Disconnect(),
        };
        if (act is null)
        {
            refused = verb switch
            {
                "extend" => ApiProblem.Invalid("minutes", $"Give 1 to {SessionAct.MostMinutes} minutes."),
                "role" => ApiProblem.Invalid("role", "Give the name of a role of the policies."),
                _ => ApiProblem.Invalid("text", $"A message has 1 to {SessionAct.LongestMessage} characters."),
            };
        }

        return act;
    }
}
