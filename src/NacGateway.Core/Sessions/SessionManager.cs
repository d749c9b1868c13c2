using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Core.Policy;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>Owns the life of a session: Open, Change and Close are the only three writers, and each is durable before it returns.</summary>
public sealed partial class SessionManager(
    GatewayWriter writer,
    SessionTable table,
    IOptions<SessionOptions> options,
    TimeProvider time,
    SessionMetrics metrics,
    ILogger<SessionManager> log)
{
    private readonly SessionOptions _options = options.Value;
    private readonly string _owner = writer.Identity.Name;

    /// <summary>Opens a session; the client's earlier one, if it has one, ends in the same transaction.</summary>
    public async Task<OpenOutcome> OpenAsync(SessionOpening opening, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(opening);
        var startedAt = time.GetUtcNow();
        var userKey = SessionRows.UserKey(opening.UserName);
        Session? row = null;
        ActiveSession? opened = null;
        Session? superseded = null;
        var devices = 0;
        var status = await writer.WriteAsync(
            async (database, ct) =>
            {
                row = null;
                var candidate = SessionRows.ToRow(opening, startedAt, _owner);
                superseded = await FindAsync(database, other => other.ClientAddress == candidate.ClientAddress, ct).ConfigureAwait(false);
                devices = await CountOthersAsync(database, candidate, ct).ConfigureAwait(false);
                if (_options.MaxPerUser > 0 && devices >= _options.MaxPerUser)
                {
                    return;
                }

                if (superseded is not null)
                {
                    End(superseded, AcctTerminateCause.SupplicantRestart);

                    // The unique index sees each statement by itself: the old one must be gone before the new one comes.
                    await database.SaveChangesAsync(ct).ConfigureAwait(false);
                }

                database.Add(row = candidate);
            },
            inTime =>
            {
                if (row is not null)
                {
                    table.Put(opened = SessionRows.ToActive(row, time, isWithdrawn: !inTime));
                }
            },
            cancellationToken,
            _options.MaxPerUser > 0 ? ["sessions of " + userKey] : []).ConfigureAwait(false);

        if (status != WriteStatus.Committed)
        {
            return status == WriteStatus.Busy ? new OpenOutcome.Busy() : new OpenOutcome.Unavailable();
        }

        if (opened is null)
        {
            return new OpenOutcome.DeviceLimit(devices, _options.MaxPerUser);
        }

        Report(opened, superseded);
        return new OpenOutcome.Opened(opened);
    }

    /// <summary>Puts an open session under other limits, which count from its start. Returns false when it was not open.</summary>
    /// <exception cref="StorageUnavailableException">The database could not record it; the old limits stay in force.</exception>
    public async Task<bool> ChangeAsync(string acctSessionId, SessionLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var changed = 0;
        var status = await writer.WriteAsync(
            async (database, ct) => changed = await database.Set<Session>()
                .Where(row => row.AcctSessionId == acctSessionId && row.EndedAt == null && row.Owner == _owner)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.SessionTimeout, SessionRows.Seconds(limits.SessionTimeout))
                        .SetProperty(row => row.IdleTimeout, SessionRows.Seconds(limits.IdleTimeout)),
                    ct).ConfigureAwait(false),
            _ =>
            {
                if (changed > 0 && table.TryFind(acctSessionId, out var session))
                {
                    table.Put(SessionRows.WithLimits(session, limits, time));
                }
            },
            cancellationToken).ConfigureAwait(false);
        return status == WriteStatus.Committed ? changed > 0 : throw new StorageUnavailableException();
    }

    /// <summary>Ends a session. Returns false when it was not open.</summary>
    /// <exception cref="StorageUnavailableException">The database could not record the end; the session is still open.</exception>
    public async Task<bool> CloseAsync(string acctSessionId, AcctTerminateCause cause, CancellationToken cancellationToken)
    {
        Session? closed = null;
        var status = await writer.WriteAsync(
            async (database, ct) =>
            {
                closed = await FindAsync(database, row => row.AcctSessionId == acctSessionId, ct).ConfigureAwait(false);
                if (closed is not null)
                {
                    End(closed, cause);
                }
            },
            _ =>
            {
                if (table.TryFind(acctSessionId, out var session))
                {
                    table.Remove(session);
                }
            },
            cancellationToken).ConfigureAwait(false);
        if (status != WriteStatus.Committed)
        {
            throw new StorageUnavailableException();
        }

        if (closed is null)
        {
            return false;
        }

        metrics.Ended(cause);
        Log.Closed(log, closed.AcctSessionId, closed.UserName, closed.ClientAddress, cause);
        return true;
    }

    /// <summary>
    /// Records octets of open sessions without ending them, so that a crash loses at most those since the last time. Two statements
    /// for all of them, for sign-ins wait behind it: the caller keeps the list short.
    /// </summary>
    internal Task<WriteStatus> RecordTrafficAsync(IReadOnlyDictionary<string, (long Input, long Output)> octets, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            async (database, ct) =>
            {
                string[] ids = [.. octets.Keys];
                var rows = await database.Set<Session>().AsTracking()
                    .Where(row => ids.Contains(row.AcctSessionId) && row.EndedAt == null && row.Owner == _owner)
                    .ToListAsync(ct).ConfigureAwait(false);
                rows.ForEach(row => (row.InputOctets, row.OutputOctets) = octets[row.AcctSessionId]);
            },
            cancellationToken);

    private Task<Session?> FindAsync(GatewayDbContext database, Expression<Func<Session, bool>> which, CancellationToken cancellationToken) =>
        database.Set<Session>().AsTracking().Where(row => row.EndedAt == null && row.Owner == _owner).SingleOrDefaultAsync(which, cancellationToken);

    /// <summary>The user's other devices, at all gateways. Where others share the database, the user's lock is held.</summary>
    private async Task<int> CountOthersAsync(GatewayDbContext database, Session candidate, CancellationToken cancellationToken) =>
        _options.MaxPerUser == 0
            ? 0
            : await database.Set<Session>().CountAsync(
                other => other.UserKey == candidate.UserKey && other.EndedAt == null && !(other.Owner == _owner && other.ClientAddress == candidate.ClientAddress),
                cancellationToken).ConfigureAwait(false);

    private void Report(ActiveSession opened, Session? superseded)
    {
        if (superseded is not null)
        {
            metrics.Ended(AcctTerminateCause.SupplicantRestart);
            Log.Closed(log, superseded.AcctSessionId, superseded.UserName, superseded.ClientAddress, AcctTerminateCause.SupplicantRestart);
        }

        metrics.Opened();
        Log.Opened(log, opened.AcctSessionId, opened.UserName, opened.ClientAddress, opened.ServerName);
    }

    private void End(Session row, AcctTerminateCause cause)
    {
        if (table.TryFind(row.AcctSessionId, out var session))
        {
            row.InputOctets = session.Traffic.InputOctets;
            row.OutputOctets = session.Traffic.OutputOctets;
        }

        row.EndedAt = EndOf(row, session, cause);
        row.TerminateCause = cause;
    }

    /// <summary>
    /// A limit ends a session when it was reached, not when somebody came by to see it. The idle time belongs to the session: the
    /// service was there to be used (Acct-Session-Time, RFC 2866 section 5.7), and the gate was open until the limit.
    /// </summary>
    private DateTimeOffset EndOf(Session row, ActiveSession? session, AcctTerminateCause cause)
    {
        var now = time.GetUtcNow();
        var due = cause switch
        {
            AcctTerminateCause.SessionTimeout when row.SessionTimeout is { } seconds => row.StartedAt + TimeSpan.FromSeconds(seconds),

            // Measured by the clock that the limit was measured by: a step of the wall clock is no idle time.
            AcctTerminateCause.IdleTimeout when row.IdleTimeout is { } seconds && session is not null => now - time.GetElapsedTime(session.Traffic.LastActivity) + TimeSpan.FromSeconds(seconds),
            _ => now,
        };
        return due < now ? due : now;
    }

    private static partial class Log
    {
        [LoggerMessage(2000, LogLevel.Information, "Session {AcctSessionId} of {UserName} opened for {Client}, accepted by {Server}")]
        public static partial void Opened(ILogger logger, string acctSessionId, string userName, System.Net.IPAddress client, string server);

        [LoggerMessage(2001, LogLevel.Information, "Session {AcctSessionId} of {UserName} at {Client} ended: {Cause}")]
        public static partial void Closed(ILogger logger, string acctSessionId, string userName, string client, AcctTerminateCause cause);
    }
}
