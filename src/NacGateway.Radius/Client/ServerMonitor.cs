using System.Globalization;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Transport;

namespace NacGateway.Radius.Client;

/// <summary>
/// What is known of one server: it counts, remembers latencies, and turns what happens into signs for the circuit. The exchangers tell
/// it what they see on the way. Safe for concurrent use.
/// </summary>
internal sealed class ServerMonitor
{
    /// <summary>Answers from which a usual latency may be told.</summary>
    private const int Telling = 8;

    /// <summary>Questions by Status-Server without an answer, none of them answered since, after which an answer to a request shows that the server takes no more of them.</summary>
    private const int ManyIgnored = 3;

    private readonly RadiusServerSettings _server;
    private readonly TimeProvider _time;
    private readonly LatencyWindow _latency = new();
    private readonly ServerCounts _counts = new();
    private readonly Lock _lock = new();
    private readonly HashSet<TaskCompletionSource> _waiting = [];
    private readonly ServerMemory _memory = new();
    private int _ignored;
    private volatile bool _ignoresStatusServer;

    public ServerMonitor(RadiusServerSettings server, TimeProvider time, CircuitSettings? settings = null)
    {
        _server = server;
        _time = time;
        Drops = new DropCounter(server.Name);
        Circuit = new ServerCircuit(settings ?? new CircuitSettings(), time, (from, to, reason) =>
        {
            _memory.Changed(new ServerChange(time.GetUtcNow(), from, to, reason));
            StateChanged?.Invoke(this, new ServerStateChangedEventArgs(server, from, to, reason));
        });
    }

    /// <summary>Raised in the order of the changes, on a thread that saw why.</summary>
    public event EventHandler<ServerStateChangedEventArgs>? StateChanged;

    public DropCounter Drops { get; }

    public ServerCircuit Circuit { get; }

    /// <summary>
    /// Whether the server has answered Status-Server, and has not since left it unanswered while it answered requests (it was switched
    /// off there): only then is its silence to it a sign.
    /// </summary>
    public bool AnswersStatusServer => _counts.StatusAnswers > 0 && !_ignoresStatusServer;

    /// <summary>Timestamp of the last authentic answer of whatever kind.</summary>
    public long LastAnswer => _counts.LastAnswer;

    /// <summary>
    /// How long one waits for this server before another is asked beside it: twice what nearly all answers take, so that the load does
    /// not double. A server that delays its Rejects (as it should, draft-ietf-radext-deprecating-radius section 8.3) is waited for
    /// likewise, for its Rejects are answers too.
    /// </summary>
    public TimeSpan HedgeDelay
    {
        get
        {
            if (Circuit.State != ServerState.Alive)
            {
                return ShortestHedge;
            }

            return Usual ?? UnknownHedge;
        }
    }

    /// <summary>Twice what nearly all answers take, within bounds; null when too few have come to tell.</summary>
    private TimeSpan? Usual
    {
        get
        {
            LatencyPercentiles seen = _latency.Percentiles(staleness: 32);
            return seen.Count < Telling ? null : TimeSpan.FromTicks(Math.Clamp(seen.P95.Ticks * 2, ShortestHedge.Ticks, LongestHedge.Ticks));
        }
    }

    private static TimeSpan ShortestHedge { get; } = TimeSpan.FromMilliseconds(500);

    private static TimeSpan UnknownHedge { get; } = TimeSpan.FromSeconds(1);

    private static TimeSpan LongestHedge { get; } = TimeSpan.FromSeconds(3);

    /// <summary>A request begins.</summary>
    public void Began(RadiusCode code) => _counts.Began(code);

    /// <summary>A datagram is sent.</summary>
    public void Sent(bool again)
    {
        if (again)
        {
            _counts.Retransmitted();
        }
    }

    /// <summary>ICMP unreachable, a refused connection, or a failure to send: a sign, not a verdict.</summary>
    public void Refused() => Refused("nobody listens at its port, or there is no way to it");

    /// <summary>Has the next refusal complete a task, so that who waits for an answer need not wait in vain.</summary>
    /// <param name="signal">Must run its continuations asynchronously.</param>
    public void Watch(TaskCompletionSource signal)
    {
        lock (_lock)
        {
            _waiting.Add(signal);
        }
    }

    /// <summary>Ends <see cref="Watch"/>.</summary>
    public void Unwatch(TaskCompletionSource signal)
    {
        lock (_lock)
        {
            _waiting.Remove(signal);
        }
    }

    /// <summary>An authentic answer came to a request that nobody waits for any more.</summary>
    public void AnsweredLate()
    {
        _counts.Alive(_time.GetTimestamp());
        Circuit.Answered(late: true);
    }

    /// <summary>A request ended.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="started">Timestamp of its beginning.</param>
    public void Ended(RadiusCode code, ExchangeResult result, long started)
    {
        _counts.Ended(code, result, _time.GetTimestamp());
        switch (result.Status)
        {
            case ExchangeStatus.Answered when code != RadiusCode.StatusServer:
                AnsweredRequest();
                _latency.Add(result.Elapsed);
                ExchangeTrace.Answered(_server.Name, code, result.Elapsed);
                Circuit.Answered();
                break;
            case ExchangeStatus.Answered:
                Volatile.Write(ref _ignored, 0);
                _ignoresStatusServer = false;
                Circuit.Answered();
                break;
            case ExchangeStatus.ProtocolError:
                // The server lives and says that it cannot serve this request: that must not cost others the server, or one who
                // signs in with a made-up realm could put out all servers.
                Note(string.Create(CultureInfo.InvariantCulture, $"Protocol-Error with Error-Cause {Words(result.Reply?.ErrorCause)}; its log says more"));
                Circuit.Answered();
                break;
            case ExchangeStatus.TimedOut or ExchangeStatus.WrongSecret or ExchangeStatus.MissingMessageAuthenticator:
                // What cannot be believed is no sign of life (draft-ietf-radext-deprecating-radius section 5.3.7): as if nothing came.
                Silent(code, started, result.Elapsed, result.Status);
                break;
            case ExchangeStatus.Unreachable or ExchangeStatus.Refused when _server.Tls is not null:
                // A datagram's refusal was told when it came; a connection's is its outcome.
                Refused(result.Problem ?? "there is no connection to it");
                break;
        }
    }

    /// <summary>Nobody waits for the request any more. When it had its time, that is a sign too.</summary>
    public void Abandoned(RadiusCode code, long started)
    {
        _counts.Abandoned(code);
        TimeSpan waited = _time.GetElapsedTime(started);
        if (waited >= (Usual ?? ShortestHedge))
        {
            Silent(code, started, waited, ExchangeStatus.TimedOut);
        }
    }

    public ServerHealth Snapshot()
    {
        (ServerState state, DateTimeOffset since, int failures, DateTimeOffset? lastAnswer) = Circuit.Look();
        IReadOnlyList<ServerError> errors = _memory.Errors;
        return _counts.Snapshot(_server, Drops) with
        {
            State = state,
            Since = since,
            ConsecutiveFailures = failures,
            LastAnswer = lastAnswer,
            LastError = errors.Count == 0 ? null : errors[0].What,
            LastErrorAt = errors.Count == 0 ? null : errors[0].At,
            Errors = errors,
            Changes = _memory.Changes,
            Latency = _latency.Percentiles(),
        };
    }

    private static string Words(ErrorCause? cause) => cause is { } known ? string.Create(CultureInfo.InvariantCulture, $"{(uint)known} ({known})") : "none";

    private void Refused(string reason)
    {
        _counts.Refused();
        Note(reason);
        Circuit.Failed(_time.GetTimestamp(), reason);
        lock (_lock)
        {
            foreach (TaskCompletionSource waiting in _waiting)
            {
                waiting.TrySetResult();
            }

            _waiting.Clear();
        }
    }

    /// <summary>It lives; if it did not say so when it was asked, it will not, and must not be held to be dead for that.</summary>
    private void AnsweredRequest()
    {
        if (Volatile.Read(ref _ignored) >= ManyIgnored)
        {
            _ignoresStatusServer = true;
        }
    }

    private void Silent(RadiusCode code, long started, TimeSpan waited, ExchangeStatus status)
    {
        string reason = status switch
        {
            ExchangeStatus.WrongSecret => "its replies have a wrong authenticator; compare the shared secret on both sides",
            ExchangeStatus.MissingMessageAuthenticator => "its replies lack Message-Authenticator; have it sign them",
            _ => string.Create(CultureInfo.InvariantCulture, $"no answer within {waited.TotalSeconds:0.0} s"),
        };
        if (code == RadiusCode.StatusServer)
        {
            Interlocked.Increment(ref _ignored);
        }

        if (code == RadiusCode.StatusServer && !AnswersStatusServer)
        {
            // Many servers drop it without a word, and are well.
            Note($"{reason} to Status-Server; switch it on there, or StatusServer off here");
            return;
        }

        Note(reason);
        if (waited >= ShortestHedge)
        {
            Circuit.Failed(started, reason);
        }
    }

    private void Note(string error) => _memory.Note(error, _time.GetUtcNow());
}
