using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NacGateway.Core.Audit;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Trail;

namespace NacGateway.Web.Api.Trail;

/// <summary>The audit trail.</summary>
internal static class TrailApi
{
    private const string Tag = "Audit";
    private const int MostCounted = 1_000_000;

    public static void AddServices(IServiceCollection services)
    {
    }

    /// <param name="api">The group <c>/api/v1</c>.</param>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/audit", ListAsync).RequireRight(DeskRight.ReadAudit).Describe("listAuditLines", Tag, "The audit trail, newest first.");
        api.MapGet("/audit/{sequence:long}", FindAsync).RequireRight(DeskRight.ReadAudit).Describe("getAuditLine", Tag, "One line of the audit trail.");
        api.MapPost("/audit/verifications", VerifyAsync).RequireRight(DeskRight.ReadAudit).Describe("verifyAudit", Tag, "Walks the whole audit trail, and says whether it is as it was written.");
        api.MapGet("/audit/export", ExportAsync).RequireRight(DeskRight.Export).Describe("exportAudit", Tag, "All lines that fit as one file, streamed.")
            .Produces<string>(StatusCodes.Status200OK, "text/csv", "application/json");
    }

    private static async Task<Results<Ok<Page<AuditLineItem>>, ApiProblem>> ListAsync(
        HttpContext context,
        [AsParameters] PageQuery page,
        [AsParameters] AuditFilterQuery _,
        Cursors cursors,
        AuditTrail trail,
        TimeProvider time)
    {
        if (!cursors.TryRead(context, page, out var position, out var refused))
        {
            return refused;
        }

        var query = AuditFilterQuery.Read(context, time);
        if (Refuse(query) is { } wrong)
        {
            return wrong;
        }

        long? before = position is null ? null : long.Parse(position[0], CultureInfo.InvariantCulture);
        var lines = await trail.PageAsync(query.Filter, before, page.Take + 1, context.RequestAborted);
        var more = lines.Count > page.Take;
        PageTotal? total = null;
        if (page.Total == true)
        {
            var count = await trail.CountAsync(query.Filter, MostCounted, context.RequestAborted);
            total = new PageTotal(count, IsExact: count < MostCounted);
        }

        return TypedResults.Ok(new Page<AuditLineItem>(
            [.. lines.Take(page.Take).Select(AuditLineItem.Of)],
            more ? cursors.Write(context, lines[page.Take - 1].Sequence.ToString(CultureInfo.InvariantCulture)) : null,
            total));
    }

    private static async Task<Results<Ok<AuditLineItem>, ApiProblem>> FindAsync(HttpContext context, long sequence, AuditTrail trail) =>
        await trail.FindAsync(sequence, context.RequestAborted) is { } line ? TypedResults.Ok(AuditLineItem.Of(line)) : ApiProblem.NotFound($"There is no line {sequence}.");

    private static async Task<Results<Ok<AuditVerdictItem>, ApiProblem>> VerifyAsync(HttpContext context, TrailCheck check) =>
        await check.RunAsync(context.DeskUser(), context.RequestAborted) is { } verdict
            ? TypedResults.Ok(new AuditVerdictItem(verdict.IsWhole, verdict.Lines, verdict.Sequence, verdict.Reason))
            : ApiProblem.Conflict("Somebody else verifies it right now.");

    private static async Task ExportAsync(
        HttpContext context,
        [AsParameters] AuditFilterQuery _,
        [FromQuery, Description("csv or json; csv when left out.")] string? format,
        AuditTrail trail,
        DeskAudit audit,
        TimeProvider time)
    {
        var query = AuditFilterQuery.Read(context, time);
        var refused = Refuse(query) ?? (format is null or "csv" or "json" ? null : ApiProblem.Invalid("format", "Write csv or json."));
        if (refused is not null)
        {
            await refused.ExecuteAsync(context);
            return;
        }

        var isCsv = format != "json";
        await audit.RecordAsync(context.DeskUser(), "audit.export", target: null, $"as {(isCsv ? "csv" : "json")}, {(context.Request.QueryString.HasValue ? context.Request.QueryString.Value : "all")}");
        context.Response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/json";
        var lines = trail.StreamAsync(query.Filter, context.RequestAborted);
        await (isCsv ? TrailExport.WriteCsvAsync(context.Response.Body, lines, context.RequestAborted) : TrailExport.WriteJsonAsync(context.Response.Body, lines, context.RequestAborted));
    }

    /// <summary>A page falls back where a program is told.</summary>
    private static ApiProblem? Refuse(TrailQuery query) =>
        query.Ignored is [var key, ..] ? ApiProblem.Invalid(key, "This value cannot be used; see the description of the parameter.") : null;
}
