using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Client;

namespace NacGateway.Core.Authentication;

/// <summary>
/// Keeps a record of each step of a sign-in, with the reference that the person sees: of what opened a session with that session, of a
/// refusal and of a challenge by itself. What was not even tried is counted and recorded now and then (<see cref="UntriedRecords"/>).
/// </summary>
internal sealed class LoginRecords(DecisionLog log, PolicyBook policies, ClientArrivals arrivals, UntriedRecords untried, TimeProvider time)
{
    /// <summary>The record of a decision that opens a session, to be written with it.</summary>
    public PolicyDecision Granted(LoginStep step, AccessDecision decision, string reference, string preface, ExchangeResult result) =>
        Record(step, decision, nameof(LoginOutcome.SignedIn), reference, preface, result);

    /// <summary>Records what opened no session, and forgets how a client came that is on now.</summary>
    /// <param name="step">The step.</param>
    /// <param name="verdict">How it ended.</param>
    /// <param name="result">What became of the request.</param>
    public Task RecordAsync(LoginStep step, LoginVerdict verdict, ExchangeResult result)
    {
        var server = result.Server?.Name ?? "no server";
        switch (verdict.Outcome)
        {
            case LoginOutcome.SignedIn:
                arrivals.Forget(ClientKey.From(step.ClientAddress));
                return Task.CompletedTask;
            case LoginOutcome.DeviceLimit:
                // Recorded in the transaction that counted the devices.
                return Task.CompletedTask;
            case LoginOutcome.Busy or LoginOutcome.StorageUnavailable:
                log.Keep(Record(step, Decision(verdict), verdict.Outcome.GetType().Name, verdict.Outcome.Reference, $"{(verdict.IsChecked ? $"{server} accepted" : "The rules would let it in")}, but the database could not record the session.", result));
                return Task.CompletedTask;
            default:
                // Not the caller's token: who hangs up is recorded, too.
                return log.RecordAsync(Of(step, verdict, result), CancellationToken.None);
        }
    }

    /// <summary>The record of a step that opened no session.</summary>
    public PolicyDecision Of(LoginStep step, LoginVerdict verdict, ExchangeResult result) =>
        Record(step, Decision(verdict), verdict.Outcome.GetType().Name, verdict.Outcome.Reference, RefusalWords.Of(verdict, result.Server?.Name) ?? string.Empty, result);

    /// <summary>Counts a try that was not made.</summary>
    public Task NoteAsync(UntriedAttempt attempt) => untried.NoteAsync(attempt);

    private AccessDecision Decision(LoginVerdict verdict) => verdict.Outcome is LoginOutcome.Busy or LoginOutcome.StorageUnavailable
        ? Without("Nothing was granted.")
        : verdict.Decision ?? Without(verdict.Outcome switch
        {
            LoginOutcome.NoAnswer => "No RADIUS server answered. Access was refused.",
            LoginOutcome.Challenged => "Nothing was decided yet.",
            _ => "Access was refused. No rule was asked.",
        });

    private AccessDecision Without(string words) => new() { IsGranted = false, PolicyVersion = policies.Current.Version, Words = words };

    private PolicyDecision Record(LoginStep step, AccessDecision decision, string outcome, string reference, string preface, ExchangeResult result) => LoginEvidence.Add(
        decision.ToRecord(step.AcctSessionId, step.UserName, time.GetUtcNow(), $"{reference}: {preface}".TrimEnd()),
        step,
        outcome,
        reference,
        result,
        arrivals.Describe(ClientKey.From(step.ClientAddress)));
}
