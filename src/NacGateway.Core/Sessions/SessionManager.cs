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

    /// <summary>Opens a session; the client's earlier one, if it has one, ends in the same transaction.</summary>
    public async Task<OpenOutcome> OpenAsync(SessionOpening opening, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(opening);
        var row = SessionRows.ToRow(opening, time.GetUtcNow());
        ActiveSession? opened = null;
        Session? superseded = null;
        var devices = 0;
        var limited = false;
        var status = await writer.WriteAsync(
            async (database, ct) =>
            {
                var sessions = database.Set<Session>();
                superseded = await sessions.AsTracking().SingleOrDefaultAsync(other => other.ClientAddress == row.ClientAddress && other.EndedAt == null, ct).ConfigureAwait(false);
                if (_options.MaxPerUser > 0)
                {
                    devices = await sessions.CountAsync(other => other.UserKey == row.UserKey && other.EndedAt == null && other.ClientAddress != row.ClientAddress, ct).ConfigureAwait(false);
                    limited = devices >= _options.MaxPerUser;
                }

                if (limited)
                {
                    return;
                }

                if (superseded is not null)
                {
                    End(superseded, AcctTerminateCause.SupplicantRestart);

                    // The unique index sees each statement by itself: the old one must be gone before the new one comes.
                    await database.SaveChangesAsync(ct).ConfigureAwait(false);
                }

                sessions.Add(row);
            },
            () =>
            {
                if (!limited)
                {
                    table.Put(opened = SessionRows.ToActive(row, time));
                }
            },
            cancellationToken).ConfigureAwait(false);

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
                .Where(row => row.AcctSessionId == acctSessionId && row.EndedAt == null)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.SessionTimeout, SessionRows.Seconds(limits.SessionTimeout))
                        .SetProperty(row => row.IdleTimeout, SessionRows.Seconds(limits.IdleTimeout)),
                    ct).ConfigureAwait(false),
            () =>
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
                closed = await database.Set<Session>().AsTracking().SingleOrDefaultAsync(row => row.AcctSessionId == acctSessionId && row.EndedAt == null, ct).ConfigureAwait(false);
                if (closed is not null)
                {
                    End(closed, cause);
                }
            },
            () =>
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

    /// <summary>Records the octets of open sessions without ending them, so that a crash loses at most those since the last time.</summary>
    internal Task<WriteStatus> RecordTrafficAsync(IReadOnlyList<ActiveSession> sessions, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            async (database, ct) =>
            {
                foreach (var session in sessions)
                {
                    var id = session.AcctSessionId;
                    await database.Set<Session>().Where(row => row.AcctSessionId == id && row.EndedAt == null).ExecuteUpdateAsync(
                        set => set
                            .SetProperty(row => row.InputOctets, session.Traffic.InputOctets)
                            .SetProperty(row => row.OutputOctets, session.Traffic.OutputOctets),
                        ct).ConfigureAwait(false);
                }
            },
            cancellationToken);

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

        // A limit ends a session when it was reached, not when somebody came by to see it.
        var now = time.GetUtcNow();
        var due = row.StartedAt + (row.SessionTimeout is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero);
        row.EndedAt = cause == AcctTerminateCause.SessionTimeout && due < now ? due : now;
        row.TerminateCause = cause;
    }

    private static partial class Log
    {
        [LoggerMessage(2000, LogLevel.Information, "Session {AcctSessionId} of {UserName} opened for {Client}, accepted by {Server}")]
        public static partial void Opened(ILogger logger, string acctSessionId, string userName, System.Net.IPAddress client, string server);

        [LoggerMessage(2001, LogLevel.Information, "Session {AcctSessionId} of {UserName} at {Client} ended: {Cause}")]
        public static partial void Closed(ILogger logger, string acctSessionId, string userName, string client, AcctTerminateCause cause);
    }
}
