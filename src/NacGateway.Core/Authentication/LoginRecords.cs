using NacGateway.Core.Policy;
using NacGateway.Radius.Client;

namespace NacGateway.Core.Authentication;

/// <summary>
/// Keeps a record of each sign-in that was refused, with the reference that the person sees. Those that were not even tried (throttled,
/// busy, not sendable) have none: they cost nobody anything, and must not cost the disk.
/// </summary>
internal sealed class LoginRecords(DecisionLog log, PolicyBook policies, TimeProvider time)
{
    /// <summary>The record of a decision.</summary>
    public static PolicyDecision Record(LoginStep step, AccessDecision decision, string preface, DateTimeOffset at) =>
        decision.ToRecord(step.AcctSessionId, step.UserName, at, preface);

    /// <summary>Records a refusal. Of what opened a session, or failed to because of it, there is a record already.</summary>
    public Task RecordAsync(LoginStep step, LoginVerdict verdict, ExchangeResult result)
    {
        var server = result.Server?.Name ?? "no server";
        var words = verdict.Outcome switch
        {
            LoginOutcome.Rejected => $"{server} rejected it{(verdict.Detail is null ? string.Empty : $": {verdict.Detail}")}.",
            LoginOutcome.PasswordExpired => $"{server} rejected it: the password has expired.",
            LoginOutcome.OutsideHours => $"{server} rejected it: outside the hours of the account.",
            LoginOutcome.AccountDisabled => $"{server} rejected it: the account is disabled.",
            LoginOutcome.NotPermitted => $"{server} rejected it: the account may not use this network.",
            LoginOutcome.WrongSecret => $"What {server} said could not be believed: its shared secret is another.",
            LoginOutcome.MissingMessageAuthenticator => $"What {server} said could not be believed: it came without Message-Authenticator.",
            LoginOutcome.UnusableAccept => $"{server} answered.",
            LoginOutcome.Refused => verdict.Decision is null || result.Server is null ? string.Empty : $"{server} accepted.",
            LoginOutcome.NoAnswer => string.Empty,
            _ => null,
        };
        if (words is null)
        {
            return Task.CompletedTask;
        }

        var decision = verdict.Decision ?? new AccessDecision
        {
            IsGranted = false,
            PolicyVersion = policies.Current.Version,
            Words = verdict.Outcome is LoginOutcome.NoAnswer ? "No RADIUS server answered. Access was refused." : "Access was refused. No rule was asked.",
        };

        // Not the caller's token: who hangs up is recorded, too.
        return log.RecordAsync(Record(step, decision, $"{verdict.Outcome.Reference}: {words}".TrimEnd(), time.GetUtcNow()), CancellationToken.None);
    }
}
