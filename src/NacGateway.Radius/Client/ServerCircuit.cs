using System.Collections.Concurrent;

namespace NacGateway.Radius.Client;

/// <summary>
/// The state machine of one server address and port: alive, suspect, dead, probing. It is told of answers and of their absence and
/// says what follows; it sends nothing. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Alive turns suspect on the first request without an answer; suspect turns dead when there are several in a row that span some
/// seconds, and alive on an answer; dead turns probing on an answer; probing turns alive after several answers that span some seconds,
/// and dead on a request without an answer. A request is no sign when a later one, or a later look at it, was answered meanwhile.
/// </remarks>
/// <param name="settings">The bounds.</param>
/// <param name="time">The clock.</param>
/// <param name="changed">Called after each change of state, in their order and outside of any lock: old state, new state, why.</param>
internal sealed class ServerCircuit(CircuitSettings settings, TimeProvider time, Action<ServerState, ServerState, string> changed)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentQueue<(ServerState From, ServerState To, string Reason)> _changes = [];
    private int _telling;
    private ServerState _state;
    private DateTimeOffset _since = time.GetUtcNow();
    private long _enteredAt = time.GetTimestamp();
    private long? _lastAnswer;
    private DateTimeOffset? _lastAnswerAt;
    private int _failures;
    private long _firstFailure;
    private int _answers;
    private TimeSpan _rest = settings.Rest;
    private bool _wasDead;
    private long _nextTrial;
    private long _lastTrial = long.MinValue;
    private bool _trying;
    private bool _notTried;

    public ServerState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>State, since when, unanswered requests in a row, last answer: as one look.</summary>
    public (ServerState State, DateTimeOffset Since, int Failures, DateTimeOffset? LastAnswer) Look()
    {
        lock (_lock)
        {
            return (_state, _since, _failures, _lastAnswerAt);
        }
    }

    /// <summary>An authentic answer came.</summary>
    /// <param name="late">Whether nobody waited for it any more: the server lives, but is slow.</param>
    public void Answered(bool late = false)
    {
        lock (_lock)
        {
            long now = time.GetTimestamp();
            _failures = 0;
            _lastAnswer = now;
            _lastAnswerAt = time.GetUtcNow();
            _answers++;
            ServerState to = _state switch
            {
                ServerState.Suspect when !late => ServerState.Alive,
                ServerState.Dead => ServerState.Probing,
                ServerState.Probing when _answers >= settings.AnswersToAlive && time.GetElapsedTime(_enteredAt, now) >= settings.AnsweringToAlive => ServerState.Alive,
                _ => _state,
            };
            Enter(to, now, late ? "it answers, but late" : "it answers");
        }

        Tell();
    }

    /// <summary>A request found no answer.</summary>
    /// <param name="sent">Timestamp of its first transmission.</param>
    /// <param name="reason">What happened, in words.</param>
    public void Failed(long sent, string reason)
    {
        lock (_lock)
        {
            if (_lastAnswer >= sent)
            {
                // The server lives: this one was lost, or is not answered for what it asks.
                return;
            }

            long now = time.GetTimestamp();
            _firstFailure = _failures == 0 ? sent : Math.Min(_firstFailure, sent);
            _failures++;
            ServerState to = _state switch
            {
                ServerState.Alive => ServerState.Suspect,
                ServerState.Suspect when _failures >= settings.FailuresToDead && time.GetElapsedTime(_firstFailure, now) >= settings.SilenceToDead => ServerState.Dead,
                ServerState.Probing => ServerState.Dead,
                _ => _state,
            };
            Enter(to, now, reason);
        }

        Tell();
    }

    /// <summary>Whether the last request that should have tried the server beside another could not be sent to two at once.</summary>
    public bool WasNotTried
    {
        get
        {
            lock (_lock)
            {
                return _notTried;
            }
        }
    }

    /// <summary>Whether a request may now be sent to a server that is not trusted, to learn whether it answers again. One at a time.</summary>
    /// <param name="seldom">Whether something else should tell, so that requests try it only now and then, lest that is wrong.</param>
    public bool TryBeginTrial(bool seldom = false)
    {
        lock (_lock)
        {
            long now = time.GetTimestamp();
            long due = seldom ? Later(Math.Max(_enteredAt, _lastTrial), settings.LongestRest) : _nextTrial;
            if (_trying || _state is not (ServerState.Dead or ServerState.Probing) || now < due)
            {
                return false;
            }

            _trying = true;
            return true;
        }
    }

    /// <summary>The trial is over, whatever came of it.</summary>
    /// <param name="tried">False when nothing was sent: the trial is due as before.</param>
    public void EndTrial(bool tried)
    {
        lock (_lock)
        {
            _trying = false;
            _notTried = !tried;
            if (tried)
            {
                _lastTrial = time.GetTimestamp();
                _nextTrial = Later(_lastTrial, _state == ServerState.Probing ? settings.TrialSpacing : _rest);
            }
        }
    }

    private void Enter(ServerState to, long now, string reason)
    {
        if (to == _state)
        {
            return;
        }

        switch (to)
        {
            case ServerState.Dead:
                // Whoever dies again soon after he came back is left alone longer each time, so that he and his like do not flap.
                _rest = _wasDead ? TimeSpan.FromTicks(Math.Min(_rest.Ticks * 2, settings.LongestRest.Ticks)) : settings.Rest;
                _wasDead = true;
                _nextTrial = Later(now, _rest);
                break;
            case ServerState.Probing:
                _answers = 1;
                _nextTrial = Later(now, settings.TrialSpacing);
                break;
            case ServerState.Suspect when time.GetElapsedTime(_enteredAt, now) >= settings.Settled:
                _wasDead = false;
                break;
        }

        _changes.Enqueue((_state, to, reason));
        _state = to;
        _since = time.GetUtcNow();
        _enteredAt = now;
    }

    /// <summary>Tells changes in their order, one at a time, outside of the lock. Whoever finds another telling leaves his to him.</summary>
    private void Tell()
    {
        while (!_changes.IsEmpty && Interlocked.Exchange(ref _telling, 1) == 0)
        {
            while (_changes.TryDequeue(out (ServerState From, ServerState To, string Reason) change))
            {
                changed(change.From, change.To, change.Reason);
            }

            Volatile.Write(ref _telling, 0);
        }
    }

    private long Later(long timestamp, TimeSpan by) => timestamp + (long)(by.TotalSeconds * time.TimestampFrequency);
}
