using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NacGateway.Core.Insight.Search;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Export;

namespace NacGateway.Web.Api.Sessions;

/// <summary>The list of sessions, page by page and as a whole: the rows of the page with the same query.</summary>
internal static class SessionListApi
{
    private const string Tag = "Sessions";

    public static void AddServices(IServiceCollection services) => services.AddSingleton<SessionExport>();

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/sessions", ListAsync).RequireRight(DeskRight.Read)
            .Describe("listSessions", Tag, "Sessions that match, the newest first unless another order is asked for; those that are open unless `state` says otherwise.")
            .WithDescription("In the order of their starts a list is read to its end, and what begins and ends meanwhile does not move it. In any other order it goes as far as the 10,000th session. A search that no index answers may give a short page, or an empty one, with a cursor: go on with it.");
        api.MapGet("/sessions/export", ExportAsync).RequireRight(DeskRight.Export)
            .Describe("exportSessions", Tag, "All sessions that match, the newest first, as a file.")
            .Produces<string>(StatusCodes.Status200OK, CsvWriter.MediaType, "application/json");
    }

    private static async Task<Results<Ok<Page<SessionItem>>, ApiProblem>> ListAsync(
        HttpContext context,
        [AsParameters] PageQuery page,
        [AsParameters] SessionParameters asked,
        [FromQuery, Description("started, user, address, mac, role, server, ended, down or up; started when left out.")] string? sort,
        [FromQuery, Description("asc or desc; when left out, desc for times and amounts and asc for names.")] string? dir,
        Cursors cursors,
        SessionSearch search)
    {
        if (!cursors.TryRead(context, page, out var position, out var refused))
        {
            return refused;
        }

        var query = asked.Read(("sort", sort), ("dir", dir)) with { Size = page.Take, Cursor = position is [var cursor, ..] ? cursor : null };
        if (Objection(query.Notices) is { } objection)
        {
            return objection;
        }

        var found = await search.FindAsync(query, context.RequestAborted, counts: page.Total == true);
        if (Objection(found.Notices) is { } impossible)
        {
            return impossible;
        }

        return TypedResults.Ok(new Page<SessionItem>(
            [.. found.Rows.Select(SessionItem.Of)],
            found.Next is { } next ? cursors.Write(context, next) : null,
            found.Count is { } count && page.Total == true ? new PageTotal(count, found.IsExact) : null));
    }

    private static async Task<Results<EmptyHttpResult, ApiProblem>> ExportAsync(
        HttpContext context,
        [AsParameters] SessionParameters asked,
        [FromQuery, Description("csv or json.")] string? format,
        SessionExport export)
    {
        if (format is not ("csv" or "json"))
        {
            return ApiProblem.Invalid("format", "The formats are csv and json.");
        }

        var query = asked.Read();
        if (Objection(query.Notices) is { } objection)
        {
            return objection;
        }

        await export.WriteAsync(context, query, format);
        return TypedResults.Empty;
    }

    /// <summary>A page falls back and says so; a program is told at once, or it would take other sessions for those it asked for.</summary>
    private static ApiProblem? Objection(IReadOnlyList<string> notices) =>
        notices.Count == 0 ? null : ApiProblem.Invalid(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["query"] = notices });
}
