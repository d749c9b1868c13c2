using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>Runs a sign-in: throttle, RADIUS exchange, limits, session. Safe for concurrent use.</summary>
public sealed class LoginService
{
    /// <summary>Sign-ins under way at once, each with at most two datagrams in flight; the next are told to come back.</summary>
    internal const int MostAtOnce = 512;

    private readonly LoginThrottle _throttle;
    private readonly LoginExchange _exchange;
    private readonly LoginReply _reply;
    private readonly PendingChallenges _challenges;
    private readonly TimeProvider _time;
    private readonly LoginLog _log;
    private int _underWay;

    internal LoginService(LoginThrottle throttle, LoginExchange exchange, LoginReply reply, PendingChallenges challenges, TimeProvider timeProvider, LoginLog log)
    {
        _throttle = throttle;
        _exchange = exchange;
        _reply = reply;
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
            _log.Write(outcome, null, attempt.ClientAddress, null, null, TimeSpan.Zero);
            return outcome;
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
        _log.Write(outcome, challenge?.UserName, answer.ClientAddress, null, null, TimeSpan.Zero);
        return outcome;
    }

    private async Task<LoginOutcome> RunAsync(LoginStep step, CancellationToken cancellationToken)
    {
        string reference = ReferenceCode.Next();
        step.StartedAt = _time.GetTimestamp();
        try
        {
            if (Interlocked.Increment(ref _underWay) > MostAtOnce)
            {
                return Told(new LoginOutcome.Busy(reference), step, null, null);
            }

            return _throttle.TryEnter(step.UserName, step.ClientAddress, out var until) is { } ticket
                ? await RunAsync(step, ticket, reference, cancellationToken).ConfigureAwait(false)
                : Told(new LoginOutcome.Throttled(reference, until), step, null, null);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task<LoginOutcome> RunAsync(LoginStep step, ThrottleTicket ticket, string reference, CancellationToken cancellationToken)
    {
        // Whoever hangs up before the answer has tried all the same, or guessing would be free for those who hang up.
        var verdict = ThrottleVerdict.Failure;
        try
        {
            var result = await _exchange.AskAsync(step, cancellationToken).ConfigureAwait(false);
            var (outcome, detail) = result is { Status: ExchangeStatus.Answered, Request: { } request, Reply: { } reply, Server: { } server }
                ? await _reply.ReadAsync(step, reference, request, reply, server, cancellationToken).ConfigureAwait(false)
                : (Unanswered(result, reference), null);
            if (result.Reply is { Code: RadiusCode.AccessAccept } accept)
            {
                // Named filters belong to a later release; until then the log says which one was meant (RFC 2865 section 5.11).
                _log.FilterIgnored(reference, accept.FilterIds, result.Server?.Name ?? "none");
            }

            verdict = Judge(outcome);
            return Told(outcome, step, result, detail);
        }
        finally
        {
            await _throttle.LeaveAsync(ticket, verdict, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private LoginOutcome Told(LoginOutcome outcome, LoginStep step, ExchangeResult? result, string? detail)
    {
        _log.Write(outcome, step.UserName, step.ClientAddress, result, detail, _time.GetElapsedTime(step.StartedAt));
        return outcome;
    }

    private static LoginOutcome Unanswered(ExchangeResult result, string reference) => result.Status switch
    {
        ExchangeStatus.WrongSecret => new LoginOutcome.WrongSecret(reference),
        ExchangeStatus.MissingMessageAuthenticator => new LoginOutcome.MissingMessageAuthenticator(reference),
        _ => new LoginOutcome.NoAnswer(reference),
    };

    private static ThrottleVerdict Judge(LoginOutcome outcome) => outcome switch
    {
        LoginOutcome.Rejected => ThrottleVerdict.Failure,
        LoginOutcome.SignedIn or LoginOutcome.DeviceLimit => ThrottleVerdict.Success,
        _ => ThrottleVerdict.Neutral,
    };
}
