using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Accounting;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>
/// Writes the Interim-Updates that are due, and the points of the sessions' plots, which come with them or, where there are none, every few
/// minutes. The octets go into session, outbox and plot in one transaction, so that a crash never lets a Stop say less than an
/// Interim-Update did.
/// </summary>
internal sealed partial class SessionInterims(GatewayWriter writer, SessionTable table, AccountingOutbox outbox, TimeProvider time, ILogger<SessionInterims> log)
{
    /// <summary>Sessions of one write; a sign-in waits behind these at most.</summary>
    private const int Together = 128;

    private readonly string _owner = writer.Identity.Name;

    /// <summary>One pass over all open sessions.</summary>
    /// <returns>How many Interim-Updates were written.</returns>
    public async Task<int> ReportAsync(CancellationToken cancellationToken)
    {
        var reported = 0;
        var now = time.GetTimestamp();
        var at = time.GetUtcNow();
        foreach (var some in table.Walk().Where(session => IsDue(session, now, at)).Select(session => new DueReport(session, now, outbox.IsEnabled)).Chunk(Together))
        {
            if (await ReportGuardedAsync(some, at, cancellationToken).ConfigureAwait(false) is not { } count)
            {
                // The database does not take it now; they are all due at the next pass.
                break;
            }

            reported += count;
        }

        return reported;
    }

    /// <summary>A session whose server is asked whether it may go on is reported when that is known: if not, it has ended before now.</summary>
    private bool IsDue(ActiveSession session, long now, DateTimeOffset at) =>
        ((outbox.IsEnabled && session.Traffic.InterimDue <= now) || session.Traffic.PointDue <= now) && session.LimitReached(now) is null && !(session.EndsAt <= at);

    /// <summary>As <see cref="ReportAsync(DueReport[], DateTimeOffset, CancellationToken)"/>; where one row is damaged, one by one.</summary>
    private async Task<int?> ReportGuardedAsync(DueReport[] reports, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            return await ReportAsync(reports, at, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (reports is [{ Session: var culprit }])
            {
                // Not every second, and not in the way of the others: at its next turn.
                culprit.Traffic.InterimDue = InterimSchedule.Next(culprit.Limits.InterimInterval, time);
                culprit.Traffic.PointDue = InterimSchedule.NextPoint(culprit.Limits.InterimInterval, time);
                Log.NotReported(log, culprit.AcctSessionId, exception);
                return 0;
            }
        }

        int? reported = 0;
        for (var n = 0; n < reports.Length && reported is not null; n++)
        {
            reported += await ReportGuardedAsync([reports[n]], at, cancellationToken).ConfigureAwait(false);
        }

        return reported;
    }

    private async Task<int?> ReportAsync(DueReport[] reports, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var byId = reports.ToDictionary(report => report.Session.AcctSessionId, StringComparer.Ordinal);
        string[] ids = [.. byId.Keys];
        var count = 0;
        Dictionary<string, (int Points, int Spread)> points = [];
        var status = await writer.WriteAsync(
            async (database, ct) =>
            {
                var rows = await database.Set<Session>().AsTracking()
                    .Where(row => ids.Contains(row.AcctSessionId) && row.EndedAt == null && row.Owner == _owner)
                    .ToListAsync(ct).ConfigureAwait(false);
                var interims = rows.Where(row => byId[row.AcctSessionId].IsInterim).ToList();
                if (interims.Count > 0)
                {
                    await outbox.RemoveInterimsAsync(database, [.. interims.Select(row => row.AcctSessionId)], ct).ConfigureAwait(false);
                }

                points = await TrafficPoints.AddAsync(database, [.. rows.Select(row => byId[row.AcctSessionId]).Where(report => report.IsPoint)], at, ct).ConfigureAwait(false);
                foreach (var row in rows)
                {
                    var report = byId[row.AcctSessionId];
                    SessionRows.Count(row, report.Octets, at, report.Session.ActiveAt(time));
                    if (report.IsInterim)
                    {
                        outbox.Add(database, SessionReports.Interim(row, at));
                    }
                }

                count = interims.Count;
            },
            _ => outbox.Signal(),
            cancellationToken).ConfigureAwait(false);
        if (status != WriteStatus.Committed)
        {
            return null;
        }

        foreach (var report in reports)
        {
            var (has, spread) = points.TryGetValue(report.Session.AcctSessionId, out var found) ? found : (report.Session.Traffic.Points, report.Session.Traffic.PointSpread);
            report.Done(has, spread, time);
        }

        return count;
    }

    private static partial class Log
    {
        [LoggerMessage(2034, LogLevel.Error, "The Interim-Update of session {AcctSessionId}, or the point of its plot, could not be written; it is tried again after another interval")]
        public static partial void NotReported(ILogger logger, string acctSessionId, Exception exception);
    }
}
