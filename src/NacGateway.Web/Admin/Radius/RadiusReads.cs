using NacGateway.Core.Insight;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Admin.Overview;
using NacGateway.Web.Desk.Radius;

namespace NacGateway.Web.Admin.Radius;

/// <summary>Shows the servers.</summary>
internal sealed class RadiusReads(RadiusServerList servers, ActivityHistory history, OutageWords outage, DeskViews views, DeskRefusals refusals, TimeProvider time)
{
    private const int MostChanges = 12;

    private static readonly Dictionary<string, Type> s_regions = new(StringComparer.Ordinal)
    {
        ["notices"] = typeof(NoticesRegion),
        ["radius-servers"] = typeof(ServersTable),
        ["latency"] = typeof(LatencyRegion),
        ["changes"] = typeof(ChangesRegion),
    };

    private static readonly Dictionary<string, Type> s_serverRegions = new(StringComparer.Ordinal) { ["plots"] = typeof(ServerPlots) };

    public async Task ListAsync(HttpContext context)
    {
        var now = time.GetUtcNow();
        var link = PageLink.Of(context.Request);
        var range = OverviewRange.Read(link, now);
        var rows = await RowsAsync(servers.Read(), now, context.RequestAborted);
        List<(string, IReadOnlyList<ServerBucket>)> told = [];
        foreach (var server in rows.Select(row => row.Server).Where(server => server.Role == ServerRole.Authentication).Take(RadiusModel.MostLines + 1))
        {
            told.Add((server.Name, await history.ReadAsync(server.Name, range.From, range.To, range.Points, context.RequestAborted)));
        }

        await views.WriteAsync(context, new DeskView
        {
            Title = "RADIUS",
            Page = typeof(RadiusPage),
            Model = new RadiusModel
            {
                Link = link,
                Range = range,
                Rows = rows,
                History = told,
                Changes = [.. rows.SelectMany(row => (row.Server.Health?.Changes ?? []).Select(change => (row.Server, change))).OrderByDescending(entry => entry.change.At).Take(MostChanges)],
                Outage = outage.Read(),
            },
            Regions = s_regions,
            Live = $"/live/{RadiusTopic.Path}",
        });
    }

    public async Task ShowAsync(HttpContext context, string name)
    {
        var found = servers.Find(name);
        if (found.Count == 0)
        {
            await refusals.NotFoundAsync(context);
            return;
        }

        var now = time.GetUtcNow();
        var link = PageLink.Of(context.Request);
        var range = OverviewRange.Read(link, now);
        await views.WriteAsync(context, new DeskView
        {
            Title = $"RADIUS server {ForeignText.Visible(found[0].Name, 64)}",
            Page = typeof(ServerPage),
            Model = new ServerModel
            {
                Link = link,
                Range = range,
                Rows = await RowsAsync(found, now, context.RequestAborted),
                History = await history.ReadAsync(found[0].Name, range.From, range.To, range.Points, context.RequestAborted),
            },
            Regions = s_serverRegions,
        });
    }

    /// <summary>Samples are kept of the servers for sign-ins.</summary>
    private async Task<IReadOnlyList<ServerRow>> RowsAsync(IReadOnlyList<DeskServer> found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<ServerRow> rows = [];
        foreach (var server in found)
        {
            rows.Add(new ServerRow(
                ServerRow.IdOf(server),
                server,
                server.Role == ServerRole.Accounting ? [] : [.. (await history.ReadAsync(server.Name, now.AddHours(-1), now, 60, cancellationToken)).Select(piece => piece.P95)]));
        }

        return rows;
    }
}
