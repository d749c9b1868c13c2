using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Core.Accounting;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>
/// Settles at start what a stop or a crash has left, and at stop what must not be left. Accounting-On and Accounting-Off are said only
/// while no session is open: a server ends all that it has of this gateway when it reads them, and sessions that go on must go on there.
/// </summary>
internal sealed partial class SessionBoundary(
    SessionTable table, SessionRestore restore, SessionManager manager, AccountingAnnouncement announcement, IOptions<SessionOptions> options, ILogger<SessionBoundary> log) : IHostedService
{
    private const int Together = 128;

    public Task StartAsync(CancellationToken cancellationToken) => GuardedAsync(async () =>
    {
        // 1. Rows that are no sessions any more cannot go on, whatever the settings say.
        var lost = await EndDamagedAsync(cancellationToken).ConfigureAwait(false);

        // 2. Those that reached a limit meanwhile ended by it; the others go on, or were ended by the crash.
        var crashed = options.Value.OverRestart == RestartMode.End ? AcctTerminateCause.NasReboot : (AcctTerminateCause?)null;
        var ended = await EndAsync(table.Walk().Select(session => (session.AcctSessionId, Cause: table.LimitReached(session) ?? crashed))
            .Where(session => session.Cause is not null).Select(session => (session.AcctSessionId, session.Cause!.Value)), cancellationToken).ConfigureAwait(false);
        if (lost + ended > 0)
        {
            Log.Ended(log, lost + ended, table.Count);
        }

        await AnnounceAsync(AcctStatusType.AccountingOn, cancellationToken).ConfigureAwait(false);
    });

    public Task StopAsync(CancellationToken cancellationToken) => GuardedAsync(async () =>
    {
        using var limit = StopLimit.Begin();
        if (options.Value.OverRestart == RestartMode.End)
        {
            await EndAsync(table.Walk().Select(session => (session.AcctSessionId, AcctTerminateCause.AdminReboot)), limit.Token).ConfigureAwait(false);
        }

        await AnnounceAsync(AcctStatusType.AccountingOff, limit.Token).ConfigureAwait(false);
    });

    private async Task<int> EndAsync(IEnumerable<(string AcctSessionId, AcctTerminateCause Cause)> sessions, CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var some in sessions.Chunk(Together))
        {
            SessionClosing[] closings = [.. some.Select(session => new SessionClosing { AcctSessionId = session.AcctSessionId, Cause = session.Cause })];
            ended += await manager.CloseAsync(closings, also: null, cancellationToken).ConfigureAwait(false);
        }

        return ended;
    }

    /// <summary>One by one: what one row does to its end, whatever that is, neither stops the start nor keeps the others open.</summary>
    private async Task<int> EndDamagedAsync(CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var id in restore.Damaged)
        {
            try
            {
                ended += await manager.CloseAsync(id, AcctTerminateCause.NasReboot, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }
            catch (Exception exception) when (RowDamage.Is(exception))
            {
                Log.NotEnded(log, id, exception.Message);
            }
        }

        return ended;
    }

    private async Task AnnounceAsync(AcctStatusType status, CancellationToken cancellationToken)
    {
        if (table.Count == 0)
        {
            await announcement.AnnounceAsync(status, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task GuardedAsync(Func<Task> settle)
    {
        try
        {
            await settle().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or OperationCanceledException)
        {
            // Neither start nor stop fails for it: the sweeper or the next start ends what is due, and the servers learn of it later.
            Log.NotSettled(log, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2031, LogLevel.Information, "{Count} sessions that the gateway had left open were ended at start, {Open} go on")]
        public static partial void Ended(ILogger logger, int count, int open);

        [LoggerMessage(2033, LogLevel.Error, "Session {AcctSessionId}, whose row is damaged, cannot be ended: {Reason} Set its EndedAt in the table Sessions by hand.")]
        public static partial void NotEnded(ILogger logger, string acctSessionId, string reason);

        [LoggerMessage(2032, LogLevel.Error, "What is to be recorded of open sessions at start or stop could not be: {Reason}")]
        public static partial void NotSettled(ILogger logger, string reason);
    }
}
