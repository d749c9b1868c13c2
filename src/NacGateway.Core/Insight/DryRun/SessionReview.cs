using NacGateway.Core.Authentication;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.DryRun;

/// <summary>
/// Judges the sign-in of an open session once more, from what was kept of it: as of the instant at which it was accepted, by the code that
/// the sign-in runs. A pure function of values.
/// </summary>
/// <param name="candidate">The rules that are tried.</param>
/// <param name="earlier">The rules by which sessions were signed in, by their versions.</param>
/// <param name="terms">What the gateway adds, for an instant.</param>
/// <param name="calledStationId">Called-Station-Id of the gateway; null for none.</param>
internal sealed class SessionReview(AccessPolicy candidate, IReadOnlyDictionary<int, AccessPolicy> earlier, Func<DateTimeOffset, LimitContext> terms, string? calledStationId)
{
    public SessionForecast Judge(ActiveSession session, PolicyDecision? record)
    {
        if (session.ServerName == LoginOutage.ServerName)
        {
            return NotKnown(session, "It began while no RADIUS server answered, so there is no answer to judge.");
        }

        if (record is null)
        {
            return NotKnown(session, "The record of its sign-in is not kept any more.");
        }

        if (!KeptAccept.TryRead(record.Exchange, out var accept, out var problem))
        {
            return NotKnown(session, problem);
        }

        if (!earlier.TryGetValue(record.PolicyVersion, out var before))
        {
            return NotKnown(session, $"Version {record.PolicyVersion} of the rules, by which it signed in, cannot be read any more.");
        }

        var query = Query(session, record);
        var context = terms(query.At);
        var after = AccessJudge.Judge(accept, query, context with { Policy = candidate }, out _);
        var forecast = new SessionForecast { Session = session, Kind = ForecastKind.Unchanged, Words = "", Rule = after.Rule, Decision = after, Record = record };
        if (!after.IsGranted)
        {
            return forecast with { Kind = ForecastKind.Refused, Words = Refusal(after) };
        }

        var then = AccessJudge.Judge(accept, query, context with { Policy = before }, out _);
        if (!then.IsGranted || Counted(then.Limits, session) != session.Limits)
        {
            return forecast with { Kind = ForecastKind.LeftAlone, Words = "It is under other limits than its sign-in gave it: a server, an administrator or other settings changed it since." };
        }

        var limits = Counted(after.Limits, session);
        if (limits == session.Limits)
        {
            return forecast;
        }

        return forecast with
        {
            Kind = limits.Role == session.Limits.Role ? ForecastKind.OtherLimits : ForecastKind.OtherRole,
            Limits = limits,
            Words = string.Join("; ", ChangedLimits.Describe(session.Limits, limits)),
        };
    }

    /// <summary>What the rules were asked then. The instant is that of the acceptance that the session's limits count from.</summary>
    private AccessQuery Query(ActiveSession session, PolicyDecision record) => new()
    {
        UserName = record.UserName,
        ClientAddress = session.ClientAddress,
        CallingStationId = session.CallingStationId,
        CalledStationId = calledStationId,
        At = session.StartedAt + (session.RenewedAfter?.SessionTimeout ?? TimeSpan.Zero),
    };

    /// <summary>Limits from the acceptance on, as a session counts them: from its start.</summary>
    private static SessionLimits Counted(SessionLimits limits, ActiveSession session) =>
        session.RenewedAfter is { } used ? Reauthentication.FromNow(limits, used) : limits;

    private static string Refusal(AccessDecision decision) => decision.Problem is { } problem
        ? $"The server's answer would count as a Reject, because {problem}."
        : $"Rule '{decision.Rule}' would refuse it.";

    private static SessionForecast NotKnown(ActiveSession session, string words) => new() { Session = session, Kind = ForecastKind.NotKnown, Words = words };
}
