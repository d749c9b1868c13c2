using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Acts;

namespace NacGateway.Web.Api.Sessions.Detail;

/// <summary>One session, its timeline and its traffic.</summary>
internal static class SessionDetailApi
{
    private const string Tag = "Sessions";
    private const string Missing = "There is no session of this Acct-Session-Id.";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/sessions/{id}", FindAsync).RequireRight(DeskRight.Read).Describe("getSession", Tag, "One session, as it is now.").HasVersion();
        api.MapGet("/sessions/{id}/timeline", ListAsync).RequireRight(DeskRight.Read).Describe("listSessionTimeline", Tag, "What happened to a session, newest first, attribute by attribute.");
        api.MapGet("/sessions/{id}/traffic", TrafficAsync).RequireRight(DeskRight.Read).Describe("getSessionTraffic", Tag, "What a session has carried over time.");
    }

    private static async Task<Results<Ok<SessionDetailItem>, StatusCodeHttpResult, ApiProblem>> FindAsync(HttpContext context, string id, SessionFiles files)
    {
        if (await files.RowAsync(id, context.RequestAborted) is not { } row)
        {
            return ApiProblem.NotFound(Missing);
        }

        // The version is that of what can be changed; the octets go on in between, so an answer is never left out for it.
        EntityTags.Set(context, SessionTags.Of(row));
        return TypedResults.Ok(SessionDetailItem.Of(row));
    }

    private static async Task<Results<Ok<Page<TimelineLineItem>>, ApiProblem>> ListAsync(HttpContext context, string id, [AsParameters] PageQuery page, Cursors cursors, SessionFiles files)
    {
        if (!cursors.TryRead(context, page, out var position, out var refused))
        {
            return refused;
        }

        if (await files.ReadAsync(id, context.RequestAborted) is not { } file)
        {
            return ApiProblem.NotFound(Missing);
        }

        // Counted from the oldest, so that what happens meanwhile moves no page.
        var end = position is [var place] && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? Math.Min(before, file.Lines.Count) : file.Lines.Count;
        var begin = Math.Max(0, end - page.Take);
        return TypedResults.Ok(new Page<TimelineLineItem>(
            [.. file.Lines.Skip(begin).Take(end - begin).Reverse().Select(TimelineLineItem.Of)],
            begin > 0 ? cursors.Write(context, begin.ToString(CultureInfo.InvariantCulture)) : null,
            page.Total == true ? new PageTotal(file.Lines.Count, IsExact: !file.Story.IsShortened) : null));
    }

    private static async Task<Results<Ok<SessionTrafficItem>, ApiProblem>> TrafficAsync(HttpContext context, string id, SessionFiles files) =>
        await files.ReadAsync(id, context.RequestAborted) is { } file
            ? TypedResults.Ok(new SessionTrafficItem { Id = file.Row.AcctSessionId, Points = file.Story.Traffic })
            : ApiProblem.NotFound(Missing);
}
