using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>
/// Ends what has reached a limit, and records traffic now and then. The gate does not wait for it (the table knows a session past
/// its end by itself); tunnels do.
/// </summary>
public sealed partial class SessionSweeper(SessionTable table, SessionManager manager, TimeProvider time, ILogger<SessionSweeper> log) : BackgroundService
{
    private const int Together = 256;
    private const int TrafficPassEvery = 60;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, (long Input, long Output)> _recorded = new(StringComparer.Ordinal);

    /// <summary>One pass: ends every session past a limit.</summary>
    /// <returns>How many it ended.</returns>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
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
        var moved = table.Walk().Where(session => !_recorded.TryGetValue(session.AcctSessionId, out var last) || last != Octets(session)).Where(session => Octets(session) != (0, 0));
        foreach (var some in moved.Chunk(Together))
        {
            if (await manager.RecordTrafficAsync(some, cancellationToken).ConfigureAwait(false) == WriteStatus.Committed)
            {
                foreach (var session in some)
                {
                    _recorded[session.AcctSessionId] = Octets(session);
                }
            }
        }

        foreach (var gone in _recorded.Keys.Where(id => !table.TryFind(id, out _)).ToList())
        {
            _recorded.Remove(gone);
        }
    }

    /// <summary>Stops the passes, and records the traffic of the last minute while the writer still runs.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await RecordTrafficAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        for (var pass = 1L; await NextAsync(timer, stoppingToken).ConfigureAwait(false); pass++)
        {
            try
            {
                await SweepAsync(stoppingToken).ConfigureAwait(false);
                if (pass % TrafficPassEvery == 0)
                {
                    await RecordTrafficAsync(stoppingToken).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
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

    private static (long Input, long Output) Octets(ActiveSession session) => (session.Traffic.InputOctets, session.Traffic.OutputOctets);

    private async Task<bool> EndAsync(string acctSessionId, AcctTerminateCause cause, CancellationToken cancellationToken)
    {
        try
        {
            return await manager.CloseAsync(acctSessionId, cause, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageUnavailableException exception)
        {
            // The gate has closed already; the record follows at the next pass.
            Log.NotEnded(log, acctSessionId, exception.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2020, LogLevel.Warning, "Session {AcctSessionId} is past its end, which could not be recorded yet: {Reason}")]
        public static partial void NotEnded(ILogger logger, string acctSessionId, string reason);
    }
}
