using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Accounting;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>
/// Writes the Interim-Updates that are due. The octets go into session and outbox in one transaction, so that a crash never lets a
/// Stop say less than an Interim-Update did.
/// </summary>
internal sealed partial class SessionInterims(GatewayWriter writer, SessionTable table, AccountingOutbox outbox, TimeProvider time, ILogger<SessionInterims> log)
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
    private static bool IsDue(ActiveSession session, long now, DateTimeOffset at) =>
        session.Traffic.InterimDue <= now && session.LimitReached(now) is null && !(session.EndsAt <= at);

    /// <summary>As <see cref="ReportAsync(ActiveSession[], DateTimeOffset, CancellationToken)"/>; where one row is damaged, one by one.</summary>
    private async Task<int?> ReportGuardedAsync(ActiveSession[] sessions, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            return await ReportAsync(sessions, at, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (sessions is [var culprit])
            {
                // Not every second, and not in the way of the others: at its next turn.
                culprit.Traffic.InterimDue = InterimSchedule.Next(culprit.Limits.InterimInterval, time);
                Log.NotReported(log, culprit.AcctSessionId, exception);
                return 0;
            }
        }

        int? reported = 0;
        for (var n = 0; n < sessions.Length && reported is not null; n++)
        {
            reported += await ReportGuardedAsync([sessions[n]], at, cancellationToken).ConfigureAwait(false);
        }

        return reported;
    }

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

    private static partial class Log
    {
        [LoggerMessage(2034, LogLevel.Error, "The Interim-Update of session {AcctSessionId} could not be written; it is tried again after another interval")]
        public static partial void NotReported(ILogger logger, string acctSessionId, Exception exception);
    }
}
