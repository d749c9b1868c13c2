using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>
/// Writes the Interim-Updates that are due. The octets go into session and outbox in one transaction, so that a crash never lets a
/// Stop say less than an Interim-Update did.
/// </summary>
internal sealed class SessionInterims(GatewayWriter writer, SessionTable table, AccountingOutbox outbox, TimeProvider time)
{
    /// <summary>Sessions of one write; a sign-in waits behind these at most.</summary>
    private const int Together = 128;

    private readonly string _owner = writer.Identity.Name;

    /// <summary>One pass over all open sessions.</summary>
    /// <returns>How many reports were written.</returns>
    public async Task<int> ReportAsync(CancellationToken cancellationToken)
    {
        if (!outbox.IsEnabled)
        {
            return 0;
        }

        var reported = 0;
        var now = time.GetTimestamp();
        var at = time.GetUtcNow();
        foreach (var some in table.Walk().Where(session => IsDue(session, now, at)).Chunk(Together))
        {
            if (await ReportAsync(some, at, cancellationToken).ConfigureAwait(false) is not { } count)
            {
                // The database does not take it now; they are all due at the next pass.
                break;
            }

            reported += count;
        }

        return reported;
    }

    /// <summary>A session whose server is asked whether it may go on is reported when that is known: if not, it has ended before now.</summary>
    private static bool IsDue(ActiveSession session, long now, DateTimeOffset at) =>
        session.Traffic.InterimDue <= now && session.LimitReached(now) is null && !(session.EndsAt <= at);

    private async Task<int?> ReportAsync(ActiveSession[] sessions, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var octets = sessions.ToDictionary(session => session.AcctSessionId, session => session.Traffic.Octets, StringComparer.Ordinal);
        string[] ids = [.. octets.Keys];
        var count = 0;
        var status = await writer.WriteAsync(
            async (database, ct) =>
            {
                var rows = await database.Set<Session>().AsTracking()
                    .Where(row => ids.Contains(row.AcctSessionId) && row.EndedAt == null && row.Owner == _owner)
                    .ToListAsync(ct).ConfigureAwait(false);
                await outbox.RemoveInterimsAsync(database, [.. rows.Select(row => row.AcctSessionId)], ct).ConfigureAwait(false);
                foreach (var row in rows)
                {
                    SessionRows.Count(row, octets[row.AcctSessionId]);
                    outbox.Add(database, SessionReports.Interim(row, at));
                }

                count = rows.Count;
            },
            _ => outbox.Signal(),
            cancellationToken).ConfigureAwait(false);
        if (status != WriteStatus.Committed)
        {
            return null;
        }

        foreach (var session in sessions)
        {
            session.Traffic.Recorded = octets[session.AcctSessionId];
            session.Traffic.InterimDue = InterimSchedule.Next(session.Limits.InterimInterval, time);
        }

        return count;
    }
}
