using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk.Access;

/// <summary>
/// Runs a sign-in at the desk: throttle, local account or RADIUS, session, audit trail. A name that is a local account is never asked of
/// RADIUS, so that no server can lock its owner out, or let somebody in under his name. Which names these are shows from outside neither by
/// answer, nor by time, nor by work. Safe for concurrent use.
/// </summary>
internal sealed class DeskSignIn(LocalSignIn local, RadiusSignIn radius, AdminThrottle throttle, AccessTrail trail, RefusalPace pace)
{
    /// <summary>Sign-ins under way at once; administrators are few.</summary>
    private const int MostAtOnce = 32;

    private int _underWay;

    /// <summary>First step: name and password.</summary>
    public async Task<SignInOutcome> SignInAsync(string name, string password, SignInAttempt attempt, CancellationToken cancellationToken)
    {
        var account = await local.FindAsync(name, cancellationToken);
        return await RunAsync(account?.Name ?? name, account is not null, attempt, () => FirstAsync(account, name, password, attempt, cancellationToken), cancellationToken);
    }

    /// <summary>Second step: the code of a local account, or the answer to an Access-Challenge.</summary>
    public Task<SignInOutcome> AnswerAsync(string id, string answer, SignInAttempt attempt, CancellationToken cancellationToken) =>
        local.Awaited(id, attempt) is { } awaited ? RunAsync(awaited.Name, isLocal: true, attempt, () => local.AnswerAsync(id, answer, attempt, cancellationToken), cancellationToken)
        : radius.Awaited(id, attempt) is { } name ? RunAsync(name, isLocal: false, attempt, () => radius.AnswerAsync(id, answer, attempt, cancellationToken), cancellationToken)
        : Task.FromResult<SignInOutcome>(new SignInOutcome.Expired());

    private async Task<SignInStep> FirstAsync(Administrator? account, string name, string password, SignInAttempt attempt, CancellationToken cancellationToken)
    {
        if (account is not null || !radius.IsOn)
        {
            return await local.CheckAsync(account, password, attempt, cancellationToken);
        }

        var begun = pace.Begin();
        await local.PretendAsync(password, cancellationToken);
        var step = await radius.AskAsync(name, password, attempt, cancellationToken);
        if (step.Outcome is not (SignInOutcome.Refused or SignInOutcome.NotAsked))
        {
            return step;
        }

        // While no server answers, a wrong password of a local account is the only refusal that is one: the others are told the same, and count the same.
        pace.Learn(begun);
        return step with { Outcome = new SignInOutcome.Refused() };
    }

    private async Task<SignInOutcome> RunAsync(string name, bool isLocal, SignInAttempt attempt, Func<Task<SignInStep>> run, CancellationToken cancellationToken)
    {
        var begun = pace.Begin();
        try
        {
            if (Interlocked.Increment(ref _underWay) > MostAtOnce && !attempt.IsLocal)
            {
                return new SignInOutcome.Busy();
            }

            // Who sits at the machine itself is kept waiting by his own mistakes only.
            var passesName = isLocal && attempt.IsLocal;
            if (throttle.TryEnter(name, attempt.Source, passesName, out var until) is not { } entered)
            {
                await trail.RefusedAsync(name, attempt.Source, "Too many wrong tries; has to wait.");
                return new SignInOutcome.Paused(until);
            }

            SignInStep step;
            await using (entered)
            {
                step = await run();
                Judge(entered, step);
            }

            if (step.Why is { } why)
            {
                await trail.RefusedAsync(name, attempt.Source, why);
            }

            if (IsRefusal(step.Outcome))
            {
                await pace.HoldAsync(begun, cancellationToken);
            }

            return step.Outcome;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private static bool IsRefusal(SignInOutcome outcome) => outcome is SignInOutcome.Refused or SignInOutcome.Code { IsRepeat: true };

    private static void Judge(AdminTry entered, SignInStep step)
    {
        switch (step.Outcome)
        {
            case SignInOutcome.SignedIn:
                entered.Succeed();
                break;
            case var outcome when IsRefusal(outcome):
                break;
            default:
                entered.Abstain();
                break;
        }
    }
}
