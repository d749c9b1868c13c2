using NacGateway.Harness.Sending;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Playing;

/// <summary>Plays the NAS: Accounting-On, each session from its arrival to its Stop, Accounting-Off.</summary>
internal sealed class NasPlayer : IAsyncDisposable
{
    private readonly NasSettings _settings;
    private readonly NasLog _log;
    private readonly TimeProvider _time;
    private readonly OpenSessions _open;
    private readonly RecordComposer _records;
    private readonly RadiusClient _authentication;
    private readonly RadiusClient _accounting;
    private volatile bool _isOver;

    public NasPlayer(NasSettings settings, OpenSessions open, NasLog log, TimeProvider time)
    {
        _settings = settings;
        _open = open;
        _log = log;
        _time = time;
        _records = new RecordComposer(settings, time);
        _authentication = new RadiusClient(settings.Authentication, time);
        _accounting = new RadiusClient(settings.Accounting, time);
    }

    /// <summary>Longest wait for an answer once the play is over: whoever ended it waits too.</summary>
    private static TimeSpan LastWait { get; } = TimeSpan.FromSeconds(2);

    private TimeSpan Limit => _isOver && LastWait < _settings.Timeout ? LastWait : _settings.Timeout;

    /// <summary>Plays to the end of all sessions, of the time, or until the token ends it: then what is open is stopped in order.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await NasRecordAsync(RecordStatus.On);
        var closing = CloseAsync(over);
        await Task.WhenAll(Enumerable.Range(0, _settings.Sessions).Select(index => PlayAsync(SessionPlan.Of(_settings, index), over.Token)));
        await over.CancelAsync();
        await closing;
        await NasRecordAsync(RecordStatus.Off);
    }

    public async ValueTask DisposeAsync()
    {
        await _authentication.DisposeAsync();
        await _accounting.DisposeAsync();
    }

    /// <summary>When the time is over, or somebody ends the play, nobody arrives any more and all sessions end.</summary>
    private async Task CloseAsync(CancellationTokenSource over)
    {
        await WaitAsync(_settings.Length, over.Token);
        await over.CancelAsync();
        _isOver = true;
        _open.EndAll(TerminateCause.AdminReboot);
    }

    private async Task PlayAsync(SessionPlan plan, CancellationToken over)
    {
        await WaitAsync(plan.Arrival, over);
        if (over.IsCancellationRequested || await SignInAsync(plan) is not { } session)
        {
            return;
        }

        _open.Add(session);
        if (over.IsCancellationRequested)
        {
            // The play ended while the server was asked: its closing has not seen this session.
            session.End(TerminateCause.AdminReboot);
        }

        await RecordAsync(session, RecordStatus.Start, TimeSpan.Zero);
        await LastAsync(session);
    }

    private async Task<PlayedSession?> SignInAsync(SessionPlan plan)
    {
        var sign = new AuthRequest { Method = _settings.Method, UserName = plan.User.Name, Password = plan.User.Password, Attributes = new GivenAttributes(_settings.Attributes) };
        var result = await _authentication.ExchangeAsync(RadiusCode.AccessRequest, Fill, Limit, CancellationToken.None);
        if (_settings.Method == AuthMethod.MsChapV2 && result.Reply is { Code: RadiusCode.AccessAccept } && !result.Reply.VerifyMsChap2Success(result.Request!, plan.User.Name, plan.User.Password))
        {
            _log.Unproved(plan);
            return null;
        }

        _log.SignIn(plan, result);
        return result.Reply is { Code: RadiusCode.AccessAccept } accept ? new PlayedSession(plan, accept, _time.GetTimestamp()) : null;

        void Fill(RadiusPacket request, RadiusServerSettings server)
        {
            sign.Fill(request, _settings.Authentication.Secret.ToArray());
            request.NasIdentifier = _settings.NasIdentifier;
            request.NasPort = plan.Port;
            request.NasPortType = NasPortType.Wireless80211;
            request.CallingStationId = plan.Station;

            // So that a server can name the session in a CoA-Request (RFC 5176 section 3); accounting uses the same (RFC 2866 section 5.5).
            request.AcctSessionId = plan.Id;
        }
    }

    /// <summary>Interim-Updates until the session ends, then its Stop. Records of a session go out one after the other, so they arrive in order.</summary>
    private async Task LastAsync(PlayedSession session)
    {
        var plan = session.Plan;
        var reported = TimeSpan.Zero;
        var lasted = TimeSpan.Zero;
        var known = session.Limits;
        while (true)
        {
            // The limits are read anew each round: a CoA-Request may have changed them, and then the session has lasted until now at least.
            var changed = session.Changed;
            var limits = session.Limits;
            (known, lasted) = limits == known ? (known, lasted) : (limits, _time.GetElapsedTime(session.Started));
            var byServer = limits.SessionTimeout is { } timeout && timeout < plan.Length;
            var end = byServer ? Later(limits.SessionTimeout!.Value, lasted) : plan.Length;
            var interim = _settings.Interim ?? limits.Interim;
            var next = interim is { } every && reported + every < end ? reported + every : end;
            if (!await IsDueAsync(session, next, changed))
            {
                if (session.IsOpen)
                {
                    continue;
                }

                await StopAsync(session, _time.GetElapsedTime(session.Started), await session.Ended);
                return;
            }

            if (next == end)
            {
                var cause = byServer ? TerminateCause.SessionTimeout : plan.Cause;
                session.End(cause);

                // Somebody may have ended it in this very moment; then that is its cause.
                await StopAsync(session, end, await session.Ended);
                return;
            }

            reported = next;
            await RecordAsync(session, RecordStatus.Interim, next);
        }
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>Waits for a moment of the session's life; false when it was ended or changed before.</summary>
    private async Task<bool> IsDueAsync(PlayedSession session, TimeSpan moment, Task changed)
    {
        var left = moment - _time.GetElapsedTime(session.Started);
        if (left <= TimeSpan.Zero)
        {
            return session.IsOpen;
        }

        using var timer = new CancellationTokenSource();
        var delay = Task.Delay(left, _time, timer.Token);
        var first = await Task.WhenAny(delay, session.Ended, changed);
        await timer.CancelAsync();
        return first == delay;
    }

    private async Task StopAsync(PlayedSession session, TimeSpan elapsed, TerminateCause cause)
    {
        _open.Remove(session);
        await RecordAsync(session, RecordStatus.Stop, elapsed, cause);
    }

    private async Task RecordAsync(PlayedSession session, RecordStatus status, TimeSpan elapsed, TerminateCause cause = TerminateCause.None)
    {
        var fill = _records.Session(session, status, elapsed, cause);
        var result = await _accounting.ExchangeAsync(RadiusCode.AccountingRequest, (record, _) => fill(record), Limit, CancellationToken.None);
        _log.Record(session, status, elapsed, cause, result);
    }

    private async Task NasRecordAsync(RecordStatus status)
    {
        var fill = _records.Nas(status);
        _log.Nas(status, await _accounting.ExchangeAsync(RadiusCode.AccountingRequest, (record, _) => fill(record), Limit, CancellationToken.None));
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken over)
    {
        // The end of the play is no error of whoever waits.
        await Task.Delay(wait, _time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
