using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Client;

/// <summary>One request of a group: whom to ask, when to ask the next as well, and whose answer counts. Used once, by one caller.</summary>
/// <param name="order">The servers in the order in which they are asked.</param>
/// <param name="beside">A server that may be tried beside the first, to learn whether it answers again; null when none is due.</param>
/// <param name="code">Code of the request.</param>
/// <param name="template">Fills the request for each server asked.</param>
/// <param name="budget">Time for all servers together.</param>
/// <param name="mode">When the next server is asked.</param>
/// <param name="time">The clock.</param>
/// <param name="lifetime">Ends with the group; a trial goes on until then when the caller has his answer.</param>
internal sealed class GroupExchange(
    IReadOnlyList<ServerTurn> order, RadiusClient? beside, RadiusCode code, RadiusRequestTemplate template, TimeSpan budget, FailoverMode mode, TimeProvider time, CancellationToken lifetime)
{
    private readonly long _started = time.GetTimestamp();
    private readonly List<GroupAttempt> _running = [];
    private readonly List<ExchangeResult> _failed = [];
    private ExchangeResult _worst = new() { Status = ExchangeStatus.NoServer };
    private RadiusClient? _beside = beside;
    private int _next;
    private int _sends;
    private bool _standsAlone = true;

    /// <summary>How long a trial may take, for the caller does not wait for it.</summary>
    private static TimeSpan TrialLimit { get; } = TimeSpan.FromSeconds(5);

    private TimeSpan Left => budget - time.GetElapsedTime(_started);

    private bool HasNext => _next < order.Count && Left > TimeSpan.Zero;

    private bool Hedges => mode == FailoverMode.Hedged || (mode == FailoverMode.Automatic && code == RadiusCode.AccessRequest && _standsAlone);

    public async Task<ExchangeResult> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (true)
            {
                if (HasNext && UntilNextDue() <= TimeSpan.Zero)
                {
                    StartNext(stop.Token);
                }

                if (_running.Count == 0)
                {
                    break;
                }

                await WaitAsync(stop.Token).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                if (await TakeAnswerAsync().ConfigureAwait(false) is { } answer)
                {
                    return answer;
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await LeaveAsync().ConfigureAwait(false);
            GiveBackTrials();
        }

        return Told(_worst);
    }

    /// <summary>Which failure of several servers to report: the one that names its remedy most exactly.</summary>
    private static int Telling(ExchangeStatus status) => status switch
    {
        ExchangeStatus.Refused => 7,
        ExchangeStatus.MissingMessageAuthenticator => 6,
        ExchangeStatus.WrongSecret => 5,
        ExchangeStatus.ProtocolError => 4,
        ExchangeStatus.TimedOut => 3,
        ExchangeStatus.Unreachable => 2,
        ExchangeStatus.Busy => 1,
        _ => 0,
    };

    /// <summary>
    /// Whether a second server may be asked the same while the first may still answer. A State belongs to the server that gave it, an
    /// EAP conversation likewise, and a server may count an MS-CHAP response that another has accepted as a failed one.
    /// </summary>
    private static bool StandsAlone(RadiusPacket request) =>
        request.Attributes.CountOf(RadiusAttributeType.State) == 0
        && request.Attributes.CountOf(RadiusAttributeType.EapMessage) == 0
        && !request.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.ChapChallenge, out _);

    private ExchangeResult Told(ExchangeResult result) => result with { Sends = _sends, Elapsed = time.GetElapsedTime(_started), PassedOver = Others(result) };

    /// <summary>Those that failed, and those that are being left. Most exchanges have none.</summary>
    private PassedOverServer[] Others(ExchangeResult told) => _failed.Count == 0 && _running.Count == 0 ? [] :
    [
        .. _failed.Where(result => !ReferenceEquals(result, told)).Select(result => new PassedOverServer { Name = result.Server?.Name ?? "", Status = result.Status, Problem = result.Problem }),
        .. _running.Where(attempt => !attempt.IsTrial).Select(attempt => new PassedOverServer { Name = attempt.Client.Server.Name }),
    ];

    /// <summary>How long until every server that has been asked has had its time alone; no time when each has or has been refused.</summary>
    private TimeSpan UntilNextDue()
    {
        TimeSpan longest = TimeSpan.Zero;
        foreach (GroupAttempt attempt in _running)
        {
            TimeSpan patience = attempt.Refusal.Task.IsCompleted ? TimeSpan.Zero : attempt.Patience - time.GetElapsedTime(attempt.StartedAt);
            longest = patience > longest ? patience : longest;
        }

        TimeSpan left = Left;
        return longest < left ? longest : left;
    }

    private void StartNext(CancellationToken cancellationToken)
    {
        ServerTurn turn = order[_next++];
        GroupAttempt attempt = Start(turn.Client, turn.IsTrial, Left, cancellationToken);
        int remaining = order.Skip(_next).Count(later => later.IsUp) + 1;
        attempt.Patience = turn.Patience ?? (Hedges ? turn.Client.Monitor.HedgeDelay : Left / remaining);
        _running.Add(attempt);
        if (_beside is { } dead && Hedges)
        {
            _beside = null;
            TimeSpan limit = Left < TrialLimit ? Left : TrialLimit;
            _running.Add(Start(dead, isTrial: true, limit, lifetime));
        }
    }

    private GroupAttempt Start(RadiusClient client, bool isTrial, TimeSpan limit, CancellationToken cancellationToken)
    {
        var attempt = new GroupAttempt(client, isTrial, time.GetTimestamp(), TimeSpan.Zero);
        client.Monitor.Watch(attempt.Refusal);
        attempt.Outcome = AskAsync(attempt, limit, cancellationToken);
        return attempt;
    }

    private async Task<ExchangeResult?> AskAsync(GroupAttempt attempt, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            LookAhead(attempt.Client.Server);
            return await attempt.Client.ExchangeAsync(code, Fill, limit, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception exception)
        {
            // What nobody foresaw at one server must not take the request from the others.
            return new ExchangeResult
            {
                Status = ExchangeStatus.Unreachable,
                Server = attempt.Client.Server,
                Problem = $"asking {attempt.Client.Server.Name} failed unexpectedly ({exception.GetType().Name}): {exception.Message}",
            };
        }
        finally
        {
            attempt.Client.Monitor.Unwatch(attempt.Refusal);
            if (attempt.IsTrial)
            {
                attempt.Client.Monitor.Circuit.EndTrial(tried: true);
            }
        }
    }

    /// <summary>
    /// Over TLS the request is made when there is a connection to send it on, which may be long after a second server would be asked:
    /// so one is made beforehand, only to see whether it may go to two at once.
    /// </summary>
    private void LookAhead(RadiusServerSettings server)
    {
        if (server.Tls is not null && mode == FailoverMode.Automatic && code == RadiusCode.AccessRequest && (HasNext || _beside is not null))
        {
            Fill(new RadiusPacket(code), server);
        }
    }

    private void Fill(RadiusPacket request, RadiusServerSettings server)
    {
        template(request, server);
        _standsAlone = _standsAlone && StandsAlone(request);
    }

    /// <summary>Waits for an outcome, a refusal, or the time when the next server is due.</summary>
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var events = new List<Task>((_running.Count * 2) + 1);
        bool hasNext = HasNext;
        foreach (GroupAttempt attempt in _running)
        {
            events.Add(attempt.Outcome);
            if (hasNext && !attempt.Refusal.Task.IsCompleted)
            {
                events.Add(attempt.Refusal.Task);
            }
        }

        if (!hasNext)
        {
            // Each exchange has its own end; there is nothing else to do until then.
            await ((Task)Task.WhenAny(events)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        TimeSpan wait = UntilNextDue();
        if (wait <= TimeSpan.Zero)
        {
            // A refusal, or the clock, was faster than this look at it.
            return;
        }

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        events.Add(Task.Delay(WholeMilliseconds.Up(wait), time, timer.Token));
        await Task.WhenAny(events).ConfigureAwait(false);
        await timer.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Takes what has ended; an authentic answer, wherever from, is the outcome.</summary>
    private async Task<ExchangeResult?> TakeAnswerAsync()
    {
        ExchangeResult? answer = null;
        foreach (GroupAttempt ended in _running.Where(attempt => attempt.Outcome.IsCompleted).ToList())
        {
            _running.Remove(ended);
            if (await ended.Outcome.ConfigureAwait(false) is { } result)
            {
                _sends += result.Sends;
                answer ??= result.Status == ExchangeStatus.Answered ? result : null;
                _worst = Telling(_worst.Status) > Telling(result.Status) ? _worst : result;
                if (result.Status != ExchangeStatus.Answered && !ended.IsTrial)
                {
                    _failed.Add(result);
                }
            }
        }

        if (answer is not null)
        {
            // Of those that are being left it is known only that they were asked.
            _sends += _running.Count(attempt => !attempt.IsTrial);
            return Told(answer);
        }

        return null;
    }

    /// <summary>A trial that did not happen is left to another request.</summary>
    private void GiveBackTrials()
    {
        _beside?.Monitor.Circuit.EndTrial(tried: false);
        foreach (ServerTurn turn in order.Skip(_next).Where(turn => turn.IsTrial))
        {
            turn.Client.Monitor.Circuit.EndTrial(tried: false);
        }
    }

    /// <summary>Waits until those that were cancelled have given back their Identifiers. A trial goes on: what it learns is for the next request.</summary>
    private async Task LeaveAsync()
    {
        foreach (GroupAttempt left in _running)
        {
            if (!left.IsTrial || left.Outcome.IsCompleted)
            {
                await ((Task)left.Outcome).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
