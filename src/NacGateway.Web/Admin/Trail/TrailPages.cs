using NacGateway.Core.Audit;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Trail;

namespace NacGateway.Web.Admin.Trail;

/// <summary>Reads, verifies and takes away the audit trail.</summary>
internal sealed class TrailPages(AuditTrail trail, TrailCheck check, DeskAudit audit, DeskViews views, DeskRefusals refusals, TimeProvider time)
{
    private const int MostCounted = 10_000;

    public async Task ListAsync(HttpContext context)
    {
        var query = TrailQuery.Read(context.Request.Query, time.GetUtcNow());
        var (shown, before, after) = await PageAsync(query, context.RequestAborted);
        var link = PageLink.Of(context.Request);
        var total = await trail.CountAsync(query.Filter, MostCounted, context.RequestAborted);
        var (actors, actions) = await trail.RecentAsync(context.RequestAborted);
        var model = new TrailModel
        {
            Rows = TrailRow.Group(shown),
            Filter = query.Filter,
            Range = query.Range,
            Link = link,
            NextHref = before is null ? null : At("before", before.Value),
            PreviousHref = after is null ? null : At("after", after.Value),
            Total = total,
            IsCapped = total == MostCounted,
            Actors = actors,
            Actions = actions,
            Verified = await check.LastAsync(context.RequestAborted),
            Ignored = query.Ignored,
        };
        await views.WriteAsync(context, new DeskView
        {
            Title = "Audit",
            Keeps = "/audit",
            Page = typeof(TrailPage),
            Model = model,
            Regions = new Dictionary<string, Type>(StringComparer.Ordinal) { ["trail"] = typeof(TrailRegion) },
        });

        string At(string key, long number) => link.Without("before", "after").With(key, number.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToString();
    }

    /// <summary>The lines of a page, before which number the next page is, and after which the one before. Pages meet at one number, so that the way back shows what the way forth did.</summary>
    private async Task<(IReadOnlyList<AuditRecord> Lines, long? Before, long? After)> PageAsync(TrailQuery query, CancellationToken cancellationToken)
    {
        if (query.After is { } after)
        {
            var newer = await trail.PageAfterAsync(query.Filter, after, TrailModel.PageSize + 1, cancellationToken);
            var isMore = newer.Count > TrailModel.PageSize;
            var page = newer.Skip(isMore ? 1 : 0).ToArray();
            return (page, after == long.MaxValue ? after : after + 1, isMore ? page[0].Sequence : null);
        }

        var lines = await trail.PageAsync(query.Filter, query.Before, TrailModel.PageSize + 1, cancellationToken);
        var shown = lines.Take(TrailModel.PageSize).ToArray();
        return (shown, lines.Count > shown.Length ? shown[^1].Sequence : null, query.Before is > 0 ? query.Before - 1 : null);
    }

    public async Task ShowAsync(HttpContext context, long sequence)
    {
        if (await trail.FindAsync(sequence, context.RequestAborted) is not { } line)
        {
            await refusals.NotFoundAsync(context);
            return;
        }

        var isLast = await trail.FindAsync(sequence + 1, context.RequestAborted) is null;
        await views.WriteAsync(context, new DeskView { Title = $"Line {sequence}", Page = typeof(TrailLinePage), Model = new TrailLineModel(line, isLast) });
    }

    public async Task VerifyAsync(HttpContext context)
    {
        var verdict = await check.RunAsync(context.DeskUser(), context.RequestAborted);
        DeskFlash.Redirect(context, "/audit", verdict?.ToString() ?? "Somebody else verifies it right now.");
    }

    public async Task ExportAsync(HttpContext context, string format)
    {
        var query = TrailQuery.Read(context.Request.Query, time.GetUtcNow());
        await audit.RecordAsync(context.DeskUser(), "audit.export", target: null, $"as {format}, {(context.Request.QueryString.HasValue ? context.Request.QueryString.Value : "all")}");
        var response = context.Response;
        response.ContentType = format == "csv" ? "text/csv; charset=utf-8" : "application/json";
        response.Headers.ContentDisposition = $"attachment; filename=\"audit.{format}\"";
        var lines = trail.StreamAsync(query.Filter, context.RequestAborted);
        await (format == "csv" ? TrailExport.WriteCsvAsync(response.Body, lines, context.RequestAborted) : TrailExport.WriteJsonAsync(response.Body, lines, context.RequestAborted));
    }
}
