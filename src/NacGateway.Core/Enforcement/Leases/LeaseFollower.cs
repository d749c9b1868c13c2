using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>
/// Keeps sessions with their devices as addresses move. What the gate sees changes at once, with the table of leases
/// (<see cref="DeviceSessions"/>); what is recorded follows here (<see cref="MovedSessions"/>).
/// </summary>
internal sealed partial class LeaseFollower(
    LeaseTable leases,
    SessionTable sessions,
    SessionFeed feed,
    MovedSessions moved,
    IOptions<EnforcementOptions> options,
    ILogger<LeaseFollower> log) : BackgroundService
{
    /// <summary>Changes that may wait. What finds no room is not lost: then every session is looked at.</summary>
    private const int MostWaiting = 16_384;

    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);

    private readonly DeviceSessions _devices = new(sessions, leases);
    private readonly Channel<(LeaseChange? Change, string? Session)> _work =
        Channel.CreateBounded<(LeaseChange?, string?)>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private int _isBehind;
    private SessionSubscription? _opened;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.LanInterfaces.Count == 0)
        {
            return Task.CompletedTask;
        }

        _opened = feed.Subscribe(MostWaiting);
        leases.Follow(Take);
        SettleAll();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _opened?.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(FollowOpeningsAsync(stoppingToken), RecordAsync(stoppingToken));

    /// <summary>Under the lock of the leases, on the thread of whoever learnt something.</summary>
    private void Take(LeaseChange change) => Enqueue(change, _devices.Apply(change));

    private void Enqueue(LeaseChange? change, string? session)
    {
        if ((session is not null || change?.Before is not null) && !_work.Writer.TryWrite((change, session)))
        {
            Volatile.Write(ref _isBehind, 1);
        }
    }

    private void SettleAll()
    {
        foreach (var session in sessions.Walk())
        {
            Settle(session);
        }
    }

    private void Settle(ActiveSession session)
    {
        _devices.Settle(session);
        if (MovedSessions.IsDue(session))
        {
            Enqueue(null, session.AcctSessionId);
        }
    }

    private async Task FollowOpeningsAsync(CancellationToken stoppingToken)
    {
        long lost = 0;
        await foreach (var notice in _opened!.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
        {
            if (notice.Kind == SessionNoticeKind.Opened && notice.AcctSessionId is { } id && sessions.TryFind(id, out var session))
            {
                Settle(session);
            }

            if (_opened.Dropped is var dropped && dropped != lost)
            {
                lost = dropped;
                SettleAll();
            }
        }
    }

    private async Task RecordAsync(CancellationToken stoppingToken)
    {
        var reader = _work.Reader;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Woken by the clock only where something could not be recorded.
                if (moved.HasLeft)
                {
                    await Task.WhenAny(reader.WaitToReadAsync(stoppingToken).AsTask(), Task.Delay(s_retry, moved.Time, stoppingToken)).ConfigureAwait(false);
                    await moved.RetryAsync(stoppingToken).ConfigureAwait(false);
                }
                else
                {
                    await reader.WaitToReadAsync(stoppingToken).ConfigureAwait(false);
                }

                while (reader.TryRead(out var item))
                {
                    await moved.RecordAsync(item.Change, item.Session, stoppingToken).ConfigureAwait(false);
                }

                if (Interlocked.Exchange(ref _isBehind, 0) != 0)
                {
                    Log.Behind(log);
                    SettleAll();
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.Failed(log, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4120, LogLevel.Warning, "More addresses moved at once than could be followed one by one; every session was looked at")]
        public static partial void Behind(ILogger logger);

        [LoggerMessage(4121, LogLevel.Error, "What follows from an address that moved could not be recorded because of a fault in the gateway; it goes on with the next")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
