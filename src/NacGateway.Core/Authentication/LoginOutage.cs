using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Radius.Client;

namespace NacGateway.Core.Authentication;

/// <summary>
/// What happens when no RADIUS server answers: nothing, unless the rules let in for a while whom a server accepted at this device
/// lately. Safe for concurrent use.
/// </summary>
internal sealed class LoginOutage(LoginGrant grant, LoginJudge judge, LoginRecords records, PastSessions past, TimeProvider time)
{
    /// <summary>In place of the server's name, in sessions that none granted.</summary>
    public const string ServerName = "(none)";

    /// <summary>The longest that rules can look back.</summary>
    private static readonly TimeSpan s_longestMemory = TimeSpan.FromDays(90);

    /// <summary>Decides about a step that nobody answered.</summary>
    /// <param name="step">The step.</param>
    /// <param name="reference">Its reference.</param>
    /// <param name="result">What came of asking.</param>
    /// <param name="isOutage">
    /// Whether all servers were dead before it began and still are. Silence within the budget is no outage yet: a server that delays its
    /// Rejects longer than that would let in every wrong password.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<LoginVerdict> DecideAsync(LoginStep step, string reference, ExchangeResult result, bool isOutage, CancellationToken cancellationToken)
    {
        var noAnswer = new LoginOutcome.NoAnswer(reference);
        if (step.Answered is not null)
        {
            // A server answered the first step: it wants a second one, which nobody can check now.
            return new LoginVerdict(noAnswer);
        }

        var context = judge.Context(time.GetUtcNow());
        AccessDecision decision;
        try
        {
            decision = await JudgeAsync(step, judge.Query(step, context), context.Policy, isOutage, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (WriteTransaction.IsEnvironment(exception))
        {
            return new LoginVerdict(noAnswer, exception.Message);
        }

        return LoginJudge.NotGrantedUnanswered(reference, decision)
            ?? new LoginVerdict(await grant.OpenAsync(Opening(step, decision, result, reference), reference, cancellationToken).ConfigureAwait(false), Decision: decision) { IsChecked = false };
    }

    /// <summary>What the rules say about silence. Reads only.</summary>
    public async Task<AccessDecision> JudgeAsync(LoginStep step, AccessQuery query, AccessPolicy policy, bool isOutage, CancellationToken cancellationToken)
    {
        var last = isOutage && policy.HasOutageRule
            ? await past.FindLastAcceptAsync(step.UserName, step.ClientAddress, step.CallingStationId, query.At - s_longestMemory, cancellationToken).ConfigureAwait(false)
            : null;
        return policy.DecideUnanswered(query, last, isOutage);
    }

    /// <summary>The session that the rules grant then, with the record of the decision.</summary>
    public SessionOpening Opening(LoginStep step, AccessDecision decision, ExchangeResult result, string reference) => new()
    {
        AcctSessionId = step.AcctSessionId,
        UserName = step.UserName,
        ClientAddress = step.ClientAddress,
        CallingStationId = step.CallingStationId,
        Limits = decision.Limits,
        Devices = decision.Devices,
        ServerName = ServerName,
        Authentic = AcctAuthentic.Local,
        Decision = records.Granted(step, decision, reference, "", result),
    };
}
