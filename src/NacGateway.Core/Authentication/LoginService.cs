using NacGateway.Core.Sessions;
using NacGateway.Radius.Client;

namespace NacGateway.Core.Authentication;

/// <summary>Runs a sign-in: throttle, RADIUS exchange, limits, session. Safe for concurrent use.</summary>
public sealed class LoginService
{
    /// <summary>Sign-ins under way at once, each with at most two datagrams in flight; the next are told to come back.</summary>
    internal const int MostAtOnce = 512;

    private readonly LoginAdmission _admission;
    private readonly LoginConversation _conversation;
    private readonly LoginRecords _records;
    private readonly PendingChallenges _challenges;
    private readonly TimeProvider _time;
    private readonly LoginLog _log;
    private int _underWay;

    internal LoginService(LoginAdmission admission, LoginConversation conversation, LoginRecords records, PendingChallenges challenges, TimeProvider timeProvider, LoginLog log)
    {
        _admission = admission;
        _conversation = conversation;
        _records = records;
        _challenges = challenges;
        _time = timeProvider;
        _log = log;
    }

    /// <summary>First step: user name and password.</summary>
    public async Task<LoginOutcome> LoginAsync(LoginAttempt attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        using var step = LoginStep.TryCreate(attempt, AcctSessionIds.Next(_time));
        if (step is null)
        {
            var outcome = new LoginOutcome.NotSendable(ReferenceCode.Next());
            return await UntriedAsync(new UntriedAttempt("", "", attempt.ClientAddress, outcome), null).ConfigureAwait(false);
        }

        return await RunAsync(step, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Further steps: the answer to an Access-Challenge.</summary>
    public async Task<LoginOutcome> AnswerAsync(ChallengeAnswer answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var challenge = _challenges.Take(answer.ChallengeId, ClientKey.From(answer.ClientAddress));
        using var step = challenge is null ? null : LoginStep.TryCreate(answer, challenge);
        if (step is not null)
        {
            return await RunAsync(step, cancellationToken).ConfigureAwait(false);
        }

        string reference = ReferenceCode.Next();
        LoginOutcome outcome = challenge is null ? new LoginOutcome.ChallengeExpired(reference) : new LoginOutcome.NotSendable(reference);
        return await UntriedAsync(new UntriedAttempt(challenge?.AcctSessionId ?? "", challenge?.UserName ?? "", answer.ClientAddress, outcome), challenge?.UserName).ConfigureAwait(false);
    }

    private async Task<LoginOutcome> RunAsync(LoginStep step, CancellationToken cancellationToken)
    {
        using var activity = LoginTrace.Begin(step.Number);
        var outcome = await EnterAsync(step, cancellationToken).ConfigureAwait(false);
        LoginTrace.End(activity, outcome);
        return outcome;
    }

    private async Task<LoginOutcome> EnterAsync(LoginStep step, CancellationToken cancellationToken)
    {
        string reference = ReferenceCode.Next();
        step.StartedAt = _time.GetTimestamp();
        try
        {
            if (Interlocked.Increment(ref _underWay) > MostAtOnce)
            {
                return await UntriedAsync(step, new LoginOutcome.Busy(reference)).ConfigureAwait(false);
            }

            var (ticket, until) = await _admission.EnterAsync(step, cancellationToken).ConfigureAwait(false);
            return ticket is not null
                ? await RunAsync(step, ticket, reference, cancellationToken).ConfigureAwait(false)
                : await UntriedAsync(step, new LoginOutcome.Throttled(reference, until)).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task<LoginOutcome> RunAsync(LoginStep step, ThrottleTicket ticket, string reference, CancellationToken cancellationToken)
    {
        // Whoever hangs up before the answer has tried all the same, or guessing would be free for those who hang up.
        var judged = ThrottleVerdict.Failure;
        var recorded = Task.CompletedTask;
        try
        {
            var (verdict, result) = await _conversation.AskAsync(step, reference, cancellationToken).ConfigureAwait(false);
            judged = Judge(verdict);

            // Begun here and awaited below, so that it shares its transaction with what the throttle writes.
            recorded = _records.RecordAsync(step, verdict, result);
            return Told(verdict, step, result);
        }
        finally
        {
            await _admission.LeaveAsync(ticket, judged).ConfigureAwait(false);
            await recorded.ConfigureAwait(false);
        }
    }

    private async Task<LoginOutcome> UntriedAsync(LoginStep step, LoginOutcome outcome)
    {
        Told(new LoginVerdict(outcome), step, null);
        await _records.NoteAsync(new UntriedAttempt(step.AcctSessionId, step.UserName, step.ClientAddress, outcome)).ConfigureAwait(false);
        return outcome;
    }

    private async Task<LoginOutcome> UntriedAsync(UntriedAttempt attempt, string? user)
    {
        _log.Write(new LoginVerdict(attempt.Outcome), user, attempt.ClientAddress, null, TimeSpan.Zero);
        await _records.NoteAsync(attempt).ConfigureAwait(false);
        return attempt.Outcome;
    }

    private LoginOutcome Told(LoginVerdict verdict, LoginStep step, ExchangeResult? result)
    {
        _log.Write(verdict, step.UserName, step.ClientAddress, result, _time.GetElapsedTime(step.StartedAt));
        return verdict.Outcome;
    }

    private static ThrottleVerdict Judge(LoginVerdict verdict) => verdict.Outcome switch
    {
        LoginOutcome.Rejected or LoginOutcome.AccountDisabled or LoginOutcome.NotPermitted => ThrottleVerdict.Failure,

        // Whom the rules let in without a password, or refuse before it was checked, has proved nothing.
        LoginOutcome.SignedIn or LoginOutcome.DeviceLimit or LoginOutcome.Refused when verdict.IsChecked => ThrottleVerdict.Success,
        _ => ThrottleVerdict.Neutral,
    };
}
