using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>
/// Writes the points of plots inside a transaction. A session has so many and no more: when it has them, every second one goes, and the
/// next ones come at twice the distance, so that a session of months has a plot of the same size as one of days.
/// </summary>
internal static class TrafficPoints
{
    /// <summary>Most points of a session.</summary>
    public const int Most = 2000;

    /// <summary>Appends the points that are due, and thins out where there are enough.</summary>
    /// <returns>How many points each session has then, and the distance between them in intervals.</returns>
    public static async Task<Dictionary<string, (int Points, int Spread)>> AddAsync(GatewayDbContext database, IReadOnlyCollection<DueReport> due, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var counts = await CountAsync(database, due, cancellationToken).ConfigureAwait(false);
        foreach (var report in due)
        {
            var id = report.Session.AcctSessionId;
            var (points, spread) = counts[id];
            if (points >= Most)
            {
                points = await ThinAsync(database, id, cancellationToken).ConfigureAwait(false);
                spread = Math.Min(spread * 2, short.MaxValue);
            }

            foreach (var point in report.Points(at))
            {
                database.Append(point);
                points++;
            }

            counts[id] = (points, spread);
        }

        return counts;
    }

    /// <summary>From memory; from the database only for sessions that were open before the gateway was started.</summary>
    private static async Task<Dictionary<string, (int Points, int Spread)>> CountAsync(GatewayDbContext database, IReadOnlyCollection<DueReport> due, CancellationToken cancellationToken)
    {
        var counts = due.ToDictionary(report => report.Session.AcctSessionId, report => (report.Session.Traffic.Points, report.Session.Traffic.PointSpread), StringComparer.Ordinal);
        string[] unknown = [.. counts.Where(session => session.Value.Points < 0).Select(session => session.Key)];
        if (unknown.Length == 0)
        {
            return counts;
        }

        Array.ForEach(unknown, id => counts[id] = (0, counts[id].PointSpread));
        var found = await database.Set<SessionTraffic>().Where(point => unknown.Contains(point.AcctSessionId)).GroupBy(point => point.AcctSessionId)
            .Select(points => new { Id = points.Key, Count = points.Count() }).ToListAsync(cancellationToken).ConfigureAwait(false);
        found.ForEach(session => counts[session.Id] = (session.Count, counts[session.Id].PointSpread));
        return counts;
    }

    /// <summary>Takes every second point out, but for the last one, and of the deliveries of Interim-Updates, which are as many, all but the newest.</summary>
    private static async Task<int> ThinAsync(GatewayDbContext database, string acctSessionId, CancellationToken cancellationToken)
    {
        var ids = await database.Set<SessionTraffic>().Where(point => point.AcctSessionId == acctSessionId).OrderByDescending(point => point.Id).Select(point => point.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        long[] gone = [.. ids.Where((_, number) => number % 2 == 1)];
        await database.Set<SessionTraffic>().Where(point => gone.Contains(point.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        var interims = database.Set<AccountingDelivery>().Where(delivery => delivery.AcctSessionId == acctSessionId && delivery.Status == AcctStatusType.InterimUpdate);
        var oldest = await interims.OrderByDescending(delivery => delivery.Id).Skip(Most / 2).Select(delivery => (long?)delivery.Id).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (oldest is { } last)
        {
            await interims.Where(delivery => delivery.Id <= last).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        }

        return ids.Count - gone.Length;
    }
}
