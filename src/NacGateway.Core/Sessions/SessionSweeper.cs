using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>
/// Ends what has reached a limit, and records traffic now and then. The gate does not wait for it (the table knows a session past
/// its end by itself); tunnels do.
/// </summary>
public sealed partial class SessionSweeper(SessionTable table, SessionManager manager, TimeProvider time, ILogger<SessionSweeper> log, ISessionRenewal renewal) : BackgroundService
{
    /// <summary>Changes given to the writer at once; a sign-in waits behind these at most, not behind a whole pass.</summary>
    private const int Together = 128;

    private const int TrafficPassEvery = 60;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_logInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _logging = new();
    private long? _loggedAt;
    private long _unlogged;

    /// <summary>One pass: ends every session past a limit, and has the server asked about those that may go on.</summary>
    /// <returns>How many it ended.</returns>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        foreach (var session in table.Walk().Where(session => session.RenewalDue <= now && session.LimitReached(now) is null))
        {
            renewal.Begin(session);
        }

        foreach (var session in table.Walk().Where(session => session.Limits.ThrottleRate is not null && IsThrottleDue(session) && session.LimitReached(now) is null))
        {
            await ThrottleAsync(session, cancellationToken).ConfigureAwait(false);
        }

        var ended = 0;
        var due = table.Walk().Select(session => (session.AcctSessionId, Cause: session.LimitReached(now))).Where(session => session.Cause is not null);
        foreach (var some in due.Chunk(Together))
        {
            var results = await Task.WhenAll(some.Select(session => EndAsync(session.AcctSessionId, session.Cause!.Value, cancellationToken))).ConfigureAwait(false);
            ended += results.Count(done => done);
        }

        return ended;
    }

    /// <summary>One pass: records the octets of the sessions that have moved any since the last one.</summary>
    internal async Task RecordTrafficAsync(CancellationToken cancellationToken)
    {
        foreach (var some in table.Walk().Where(session => session.Traffic.Octets != session.Traffic.Recorded).Chunk(Together))
        {
            await RecordTrafficAsync(some, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops the passes, and records the traffic of the last minute while the writer still runs.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var limit = StopLimit.Begin();
        await base.StopAsync(limit.Token).ConfigureAwait(false);
        await GuardedAsync(RecordTrafficAsync, limit.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        for (var pass = 1L; await NextAsync(timer, stoppingToken).ConfigureAwait(false); pass++)
        {
            await GuardedAsync(SweepAsync, stoppingToken).ConfigureAwait(false);
            if (pass % TrafficPassEvery == 0)
            {
                await GuardedAsync(RecordTrafficAsync, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>A pass that fails is made up for by the next one; without a next one no session would ever end.</summary>
    private async Task GuardedAsync(Func<CancellationToken, Task> pass, CancellationToken stoppingToken)
    {
        try
        {
            await pass(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the program, not a failure.
        }
        catch (Exception exception)
        {
            Log.PassFailed(log, exception);
        }
    }

    private async Task RecordTrafficAsync(ActiveSession[] sessions, CancellationToken cancellationToken)
    {
        // Read once: what moves while it is written counts as not recorded.
        var octets = sessions.ToDictionary(session => session.AcctSessionId, session => session.Traffic.Octets, StringComparer.Ordinal);
        try
        {
            if (await manager.RecordTrafficAsync(octets, cancellationToken).ConfigureAwait(false) == WriteStatus.Committed)
            {
                var now = time.GetTimestamp();
                Array.ForEach(sessions, session => (session.Traffic.Recorded, session.Traffic.RecordedAt) = (octets[session.AcctSessionId], now));
            }

            return;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (sessions is [var culprit])
            {
                Log.NotRecorded(log, culprit.AcctSessionId, exception);
                return;
            }
        }

        // One damaged row must not cost the others their octets.
        foreach (var session in sessions)
        {
            await RecordTrafficAsync([session], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> EndAsync(string acctSessionId, AcctTerminateCause cause, CancellationToken cancellationToken)
    {
        try
        {
            return await manager.CloseAsync(acctSessionId, cause, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageUnavailableException exception)
        {
            // The gate has closed already; the record follows at the next pass.
            NoteNotEnded(acctSessionId, exception.Message);
            return false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // One session that cannot be ended must not keep the others open.
            Log.EndFailed(log, acctSessionId, exception);
            return false;
        }
    }

    private static bool IsThrottleDue(ActiveSession session)
    {
        var (input, output) = session.Traffic.Octets;
        return session.Limits.IsThrottleDue(input, output);
    }

    /// <summary>A quota that slows a session down does so by a change of its limits as any other: recorded, in its history, and still so after a restart.</summary>
    private async Task ThrottleAsync(ActiveSession session, CancellationToken cancellationToken)
    {
        var limits = session.Limits.Throttled();
        var line = new SessionEvent
        {
            AcctSessionId = session.AcctSessionId,
            At = time.GetUtcNow(),
            Kind = SessionEventKind.Changed,
            By = "its quota",
            Text = "slowed down: " + string.Join("; ", ChangedLimits.Describe(session.Limits, limits)),
        };
        try
        {
            // Refused where others are in force by now: then the next pass looks at those.
            await manager.ChangeAsync([new SessionChange { AcctSessionId = session.AcctSessionId, Limits = limits, Before = session.Limits, Event = line }], also: null, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageUnavailableException exception)
        {
            NoteNotEnded(session.AcctSessionId, exception.Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.NotThrottled(log, session.AcctSessionId, exception);
        }
    }

    /// <summary>One line a minute: a database that is away for an hour has a thousand sessions fail each second.</summary>
    private void NoteNotEnded(string acctSessionId, string reason)
    {
        long unlogged;
        lock (_logging)
        {
            if (_loggedAt is { } last && time.GetElapsedTime(last) < s_logInterval)
            {
                _unlogged++;
                return;
            }

            (_loggedAt, unlogged, _unlogged) = (time.GetTimestamp(), _unlogged, 0);
        }

        Log.NotEnded(log, acctSessionId, reason, unlogged);
    }

    private static partial class Log
    {
        [LoggerMessage(2020, LogLevel.Warning, "Session {AcctSessionId} is past a limit, which could not be recorded yet: {Reason} Since the last such line {Unlogged} more attempts failed; each session is tried again every second.")]
        public static partial void NotEnded(ILogger logger, string acctSessionId, string reason, long unlogged);

        [LoggerMessage(2021, LogLevel.Error, "Session {AcctSessionId} is past its end, which could not be recorded; it is tried again every second")]
        public static partial void EndFailed(ILogger logger, string acctSessionId, Exception exception);

        [LoggerMessage(2023, LogLevel.Error, "Traffic of session {AcctSessionId} could not be recorded; it is tried again in a minute")]
        public static partial void NotRecorded(ILogger logger, string acctSessionId, Exception exception);

        [LoggerMessage(2024, LogLevel.Error, "Session {AcctSessionId} has reached its quota, and could not be slowed down; it is tried again every second")]
        public static partial void NotThrottled(ILogger logger, string acctSessionId, Exception exception);

        [LoggerMessage(2022, LogLevel.Error, "A pass over the open sessions failed; the next one follows")]
        public static partial void PassFailed(ILogger logger, Exception exception);
    }
}
