using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Core.Enforcement.Conntrack;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>
/// Keeps the kernel as the sessions say. Sessions never call it: they change, it hears of it, and what it does not hear the next pass finds. It
/// closes before any listener opens, and leaves everything in place when the gateway stops: who is signed in stays so, nobody else gets in, and
/// each element ends by itself with its session.
/// </summary>
internal sealed partial class NftablesEnforcer : BackgroundService
{
    private static readonly TimeSpan s_pass = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_logInterval = TimeSpan.FromMinutes(1);

    private readonly EnforcementSources _sources;
    private readonly EnforcementOptions _options;
    private readonly EnforcementState _state;
    private readonly EnforcementMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<NftablesEnforcer> _log;
    private readonly PendingChanges _pending = new();
    private NftContext? _nft;
    private KernelTable? _table;
    private ConntrackTable? _conntrack;
    private TableWatch? _watch;
    private volatile string? _stranger;
    private long _countersAt;
    private TimeSpan _countersTook;
    private long _passAt;
    private long _problemAt = long.MinValue;

    public NftablesEnforcer(
        EnforcementSources sources, IOptions<EnforcementOptions> options, EnforcementState state, EnforcementMetrics metrics, TimeProvider time, ILogger<NftablesEnforcer> log)
    {
        _sources = sources;
        _options = options.Value;
        _state = state;
        _metrics = metrics;
        _time = time;
        _log = log;
    }

    /// <summary>Loads the rules with all sessions that are open; nothing listens yet.</summary>
    /// <exception cref="EnforcementException">The kernel cannot be asked: the gateway must not start, or it would be open.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.Mode != EnforcementMode.Nftables)
        {
            return;
        }

        _sources.Sessions.Follow(_pending.Add);
        _sources.Sessions.LastOctets = _pending.AskForCounters;
        _sources.Leases.Follow(change =>
        {
            if (_sources.Sessions.TryFind(change.Address, out var session))
            {
                _pending.Add(session);
            }
        });
        await OnThreadAsync(Open, cancellationToken).ConfigureAwait(false);
        Log.Loaded(_log, _table!.Count);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _watch?.Dispose();
        _conntrack?.Dispose();
        _nft?.Dispose();
        _pending.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(OnThreadAsync(() => Work(stoppingToken), CancellationToken.None), OnThreadAsync(() => Watch(stoppingToken), CancellationToken.None));

    /// <summary>A thread of its own: the kernel is asked without awaiting, and by its name the kernel tells who changed the table.</summary>
    private static Task OnThreadAsync(Action work, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () =>
        {
            Thread.CurrentThread.Name = TableWatch.Changer;
            work();
        },
        cancellationToken,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private void Open()
    {
        _nft = NftContext.Open();
        _conntrack = new ConntrackTable();
        _table = new KernelTable(_nft, _sources, _time);
        _table.Rebuild();

        // Not before: what many sessions make of news at start is more than a watch can hold, and is not news.
        _watch = new TableWatch();
        _state.IsActive = true;
        if (_options.SwitchForwarding)
        {
            foreach (var problem in Forwarding.SwitchOn())
            {
                Log.NotForwarding(_log, problem);
            }
        }
    }

    private void Watch(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (_watch!.Wait(s_pass) is { } stranger)
                {
                    _stranger = stranger;
                    _pending.Wake();
                }
            }
            catch (EnforcementException exception)
            {
                // The passes look by themselves, too, only later.
                Tell(exception.Message);
                stopping.WaitHandle.WaitOne(s_pass);
            }
        }
    }

    private void Work(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var some = _pending.Take(s_pass, stopping);
            try
            {
                Once(some);
                _state.Problem = null;
            }
            catch (Exception exception) when (exception is EnforcementException or System.Text.Json.JsonException)
            {
                // Closed as it is: what is open stays open until its elements end, and the next pass tries again.
                _state.Problem = exception.Message;
                Tell(exception.Message);
                _stranger ??= "";
                stopping.WaitHandle.WaitOne(s_pass);
            }
            finally
            {
                PendingChanges.Done(some);
            }
        }
    }

    private void Once(PendingChanges.Batch some)
    {
        // 1. What others have done is undone first.
        if (Interlocked.Exchange(ref _stranger, null) is { } stranger && (stranger.Length > 0 || !_table!.IsAsThought()))
        {
            Repair(stranger.Length == 0 ? "somebody" : stranger);
        }

        // 2. Whoever ends a session records what it carried.
        if (some.Counters.Count > 0)
        {
            _table!.ReadCounters(some.Counters);
        }

        // 3. What has changed.
        List<ClientKey> cut = [];
        if (some.Ids.Count > 0 && !Apply(some.Ids, cut))
        {
            RepairRefused();
        }

        // 4. Once a second: what was not heard, and what the rules follow from.
        if (_time.GetElapsedTime(_passAt) >= s_pass)
        {
            Pass(cut);
            _passAt = _time.GetTimestamp();
        }

        if (cut.Count > 0)
        {
            Cut(cut);
        }

        // 5. Counters, as often as was asked for; where that takes long, less often, so that it never takes more than a tenth of a core.
        var due = TimeSpan.FromTicks(Math.Max(_options.CounterInterval.Ticks, 10 * _countersTook.Ticks));
        if (_time.GetElapsedTime(_countersAt) >= due)
        {
            var began = _time.GetTimestamp();
            _table!.ReadCounters();
            (_countersAt, _countersTook) = (_time.GetTimestamp(), _time.GetElapsedTime(began));
        }
    }

    private bool Apply(IReadOnlyCollection<string> ids, List<ClientKey> cut)
    {
        _metrics.Changed(ids.Count);
        return _table!.Apply(ids, cut);
    }

    private void Pass(List<ClientKey> cut)
    {
        if (_table!.IsOutdated)
        {
            _table.Rebuild();
            Log.Reloaded(_log, _table.Count);
        }
        else if (!_table.IsUntouched())
        {
            Repair("somebody");
        }

        var drift = _table.FindDrift();
        if (drift.Count > 0 && !Apply(drift, cut))
        {
            RepairRefused();
        }
    }

    private void Repair(string stranger)
    {
        _table!.Rebuild();
        _metrics.Repaired();
        Log.Repaired(_log, stranger, _table.Count);
    }

    private void RepairRefused()
    {
        var reason = _table!.Refusal;
        _table.Rebuild();
        _metrics.Repaired();
        Log.Refused(_log, reason, _table.Count);
    }

    private void Cut(List<ClientKey> addresses)
    {
        try
        {
            _metrics.Cut(_conntrack!.Cut(addresses));
        }
        catch (EnforcementException exception)
        {
            Tell(exception.Message);
        }
    }

    /// <summary>At most once a minute: what is the matter now is so at the next pass, too.</summary>
    private void Tell(string problem)
    {
        if (_problemAt == long.MinValue || _time.GetElapsedTime(_problemAt) >= s_logInterval)
        {
            _problemAt = _time.GetTimestamp();
            Log.Trouble(_log, problem);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4000, LogLevel.Information, "nftables: the rules are in force, with {Count} sessions open")]
        public static partial void Loaded(ILogger logger, int count);

        [LoggerMessage(4001, LogLevel.Information, "nftables: the rules were changed in place, {Count} sessions stay open")]
        public static partial void Reloaded(ILogger logger, int count);

        [LoggerMessage(4002, LogLevel.Warning, "nftables: the table inet nacgateway was changed by {Program}; it is restored, with {Count} sessions open. Other rules belong into tables of their own.")]
        public static partial void Repaired(ILogger logger, string program, int count);

        [LoggerMessage(4005, LogLevel.Warning, "nftables: a change was refused: {Reason} All was written anew instead, with {Count} sessions open.")]
        public static partial void Refused(ILogger logger, string reason, int count);

        [LoggerMessage(4003, LogLevel.Error, "nftables: the kernel does not do as the sessions say: {Reason} It is tried again every second.")]
        public static partial void Trouble(ILogger logger, string reason);

        [LoggerMessage(4004, LogLevel.Warning, "The machine may not route yet: {Reason}")]
        public static partial void NotForwarding(ILogger logger, string reason);
    }
}
