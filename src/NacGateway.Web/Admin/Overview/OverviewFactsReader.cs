using NacGateway.Core.Accounting;
using NacGateway.Core.Authentication;
using NacGateway.Core.Insight;
using NacGateway.Core.Insight.Search;

namespace NacGateway.Web.Admin.Overview;

/// <summary>Asks memory and database how the gateway stands.</summary>
internal sealed class OverviewFactsReader(RadiusHealth radius, AccountingHealth accounting, SetAsideRecords setAside, SessionSearch search, ActivityHistory history, GatewayWatch watch)
{
    /// <summary>Probes whose subjects have rules of their own, with more to say.</summary>
    private static readonly string[] s_told = ["radius", "accounting"];

    public async Task<OverviewFacts> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - AttentionRules.Lookback;
        var (waiting, oldest) = await accounting.CountAsync(cancellationToken);
        var stale = await search.FindAsync(new SessionQuery { States = [SessionStateFilter.Stale], Size = 1 }, cancellationToken);
        var servers = radius.Servers;
        Dictionary<string, long> unbelieved = new(StringComparer.Ordinal);
        foreach (var server in servers.Select(server => server.Name).Distinct(StringComparer.Ordinal))
        {
            unbelieved[server] = (await history.ReadAsync(server, since, now, 1, cancellationToken)).Sum(piece => piece.Drops);
        }

        return new OverviewFacts
        {
            At = now,
            Servers = servers,
            Unbelieved = unbelieved,
            IsAccountingOn = accounting.IsEnabled,
            Silence = accounting.Silence,
            Waiting = waiting,
            OldestAt = oldest,
            SetAside = (await setAside.ListAsync(1, cancellationToken)).Count,
            Stale = stale.Count ?? 0,
            Disk = watch.Disk(),
            PortalCertificateEnds = watch.PortalCertificateEnds,
            Recent = OverviewReader.Sum(await history.ReadAsync(since, now, 1, cancellationToken)),
            Checks = [.. (await watch.Readiness.CheckAsync(cancellationToken)).Where(check => servers.Count == 0 || !s_told.Contains(check.Name, StringComparer.Ordinal))],
        };
    }
}
