using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Authentication;

/// <summary>
/// What happens when no RADIUS server answers: nothing, unless the rules let in for a while whom a server accepted at this device
/// lately. Safe for concurrent use.
/// </summary>
internal sealed class LoginOutage(LoginGrant grant, SessionTerms terms, PastSessions past, TimeProvider time)
{
    /// <summary>In place of the server's name, in sessions that none granted.</summary>
    public const string ServerName = "(none)";

    /// <summary>The longest that rules can look back.</summary>
    private static readonly TimeSpan s_longestMemory = TimeSpan.FromDays(90);

    /// <summary>Decides about a step that nobody answered.</summary>
    /// <param name="step">The step.</param>
    /// <param name="reference">Its reference.</param>
    /// <param name="isOutage">
    /// Whether all servers were dead before it began and still are. Silence within the budget is no outage yet: a server that delays its
    /// Rejects longer than that would let in every wrong password.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<LoginVerdict> DecideAsync(LoginStep step, string reference, bool isOutage, CancellationToken cancellationToken)
    {
        var noAnswer = new LoginOutcome.NoAnswer(reference);
        if (step.Answered is not null)
        {
            // A server answered the first step: it wants a second one, which nobody can check now.
            return new LoginVerdict(noAnswer);
        }

        var context = terms.Of(time.GetUtcNow());
        LastAccept? last = null;
        try
        {
            last = isOutage && context.Policy.HasOutageRule
                ? await past.FindLastAcceptAsync(step.UserName, step.ClientAddress, step.CallingStationId, context.StartedAt - s_longestMemory, cancellationToken).ConfigureAwait(false)
                : null;
        }
        catch (Exception exception) when (WriteTransaction.IsEnvironment(exception))
        {
            return new LoginVerdict(noAnswer, exception.Message);
        }

        var decision = context.Policy.DecideUnanswered(grant.Query(step, context), last, isOutage);
        if (!decision.IsGranted)
        {
            return new LoginVerdict(decision.Rule is null ? noAnswer : new LoginOutcome.Refused(reference, decision.Message), decision.Rule, decision) { IsChecked = false };
        }

        var opening = new SessionOpening
        {
            AcctSessionId = step.AcctSessionId,
            UserName = step.UserName,
            ClientAddress = step.ClientAddress,
            CallingStationId = step.CallingStationId,
            Limits = decision.Limits,
            Devices = decision.Devices,
            ServerName = ServerName,
            Authentic = AcctAuthentic.Local,
            Decision = LoginRecords.Record(step, decision, $"{reference}:", context.StartedAt),
        };
        return new LoginVerdict(await grant.OpenAsync(opening, reference, cancellationToken).ConfigureAwait(false), Decision: decision) { IsChecked = false };
    }
}
