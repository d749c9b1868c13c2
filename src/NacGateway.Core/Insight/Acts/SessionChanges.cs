using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.Acts;

/// <summary>
/// Acts that change a session and leave it open. New limits come from the old ones: where others are in force by then, because a server or
/// another administrator was quicker, it begins again from what is there.
/// </summary>
internal sealed class SessionChanges(SessionTable table, SessionManager sessions, SessionTerms terms, GrantedLimits granted, TimeProvider time)
{
    private const int Tries = 3;

    /// <summary>Session-Timeout is a number of 32 bits (RFC 2865 section 5.27).</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(uint.MaxValue);

    /// <summary>Does it; null where the session is not open any more.</summary>
    public async Task<ActResult?> DoAsync(SessionAct act, ActiveSession session, string by, CancellationToken cancellationToken)
    {
        for (var round = 0; round < Tries; round++)
        {
            var plan = await PlanAsync(act, session, cancellationToken).ConfigureAwait(false);
            if (plan.Change is not { } change)
            {
                return new ActResult(session.AcctSessionId, plan.Fate, plan.Words);
            }

            var line = new SessionEvent
            {
                AcctSessionId = session.AcctSessionId,
                At = time.GetUtcNow(),
                Kind = act is SessionAct.Tell ? SessionEventKind.Told : SessionEventKind.Changed,
                By = by,
                Text = plan.Line!,
            };
            if (await sessions.ChangeAsync([change with { Event = line }], also: null, cancellationToken).ConfigureAwait(false))
            {
                return new ActResult(session.AcctSessionId, ActFate.Done, plan.Words);
            }

            if (!table.TryFind(session.AcctSessionId, out var now))
            {
                return null;
            }

            session = now;
        }

        return new ActResult(session.AcctSessionId, ActFate.Failed, "Others are changing it at this moment; look at it and try again.");
    }

    private async Task<Plan> PlanAsync(SessionAct act, ActiveSession session, CancellationToken cancellationToken) => act switch
    {
        SessionAct.Extend extend => Extend(session, TimeSpan.FromMinutes(extend.Minutes)),
        SessionAct.ChangeRole role => ChangeRole(session, role.Role, await granted.FindAsync(session, cancellationToken).ConfigureAwait(false)),
        SessionAct.Tell tell => new Plan(new SessionChange { AcctSessionId = session.AcctSessionId, Notice = tell.Text }, $"wrote to the person: {tell.Text}", "The message is on the person's status page."),
        _ => throw new ArgumentException($"{act.Name} does not leave a session open.", nameof(act)),
    };

    /// <summary>
    /// Session-Timeout is how long a server, a role or the settings let a session last (RFC 2865 section 5.27); an extension is an exception
    /// that a person makes from all three, by name and for this one session. It lifts no other limit, and no server's answer at the new end.
    /// </summary>
    private Plan Extend(ActiveSession session, TimeSpan by)
    {
        if (session.Limits.SessionTimeout is not { } timeout)
        {
            return Plan.Not(ActFate.Skipped, "It has no end by time, so there is nothing to extend.");
        }

        if (table.LimitReached(session) is not null)
        {
            return Plan.Not(ActFate.Failed, "It is at its end already; the person must sign in again.");
        }

        var longer = timeout + by;
        if (longer > s_longest)
        {
            return Plan.Not(ActFate.Failed, "It would last longer than a session can (2^32 seconds).");
        }

        var limits = session.Limits with { SessionTimeout = longer };
        var ends = session.StartedAt + longer;
        return new Plan(Change(session, limits), $"extended by {by.TotalMinutes:0} min: {string.Join("; ", ChangedLimits.Describe(session.Limits, limits))}", $"It ends at {ends:yyyy-MM-dd HH:mm} UTC.{NotLifted(session)}");
    }

    private Plan ChangeRole(ActiveSession session, string role, SessionLimits? sent)
    {
        var context = terms.Of(session.StartedAt) with { RenewedAfter = session.RenewedAfter };
        if (AuthorizationMapper.ChangeRole(role, session.Limits, sent, context) is not { } limits)
        {
            return Plan.Not(ActFate.Failed, context.Policy.Roles.Count == 0 ? "The policies have no roles." : $"There is no role '{role}' in version {context.Policy.Version} of the policies.");
        }

        if (string.Equals(limits.Role, session.Limits.Role, StringComparison.Ordinal))
        {
            return Plan.Not(ActFate.Skipped, $"It is under role {limits.Role} already.");
        }

        var undone = session.Reauthenticates ? " Its server is asked again at its end, and what that says then replaces this." : "";
        return new Plan(Change(session, limits), string.Join("; ", ChangedLimits.Describe(session.Limits, limits)), $"It is under role {limits.Role}.{undone}");
    }

    /// <summary>What an extension leaves as it is, so that nobody is promised what does not come.</summary>
    private static string NotLifted(ActiveSession session)
    {
        List<string> still = [];
        if (session.Limits.IdleTimeout is { } idle)
        {
            still.Add($"{idle.TotalMinutes:0.#} min without traffic");
        }

        if (session.Limits.InputQuota is not null || session.Limits.OutputQuota is not null || session.Limits.TotalQuota is not null)
        {
            still.Add("its quota");
        }

        return $"{(still.Count > 0 ? $" It may end before, by {string.Join(" or by ", still)}." : "")}{(session.Reauthenticates ? " Its server is asked then whether it may go on." : "")}";
    }

    private static SessionChange Change(ActiveSession session, SessionLimits limits) =>
        new() { AcctSessionId = session.AcctSessionId, Limits = limits, Before = session.Limits };

    private sealed record Plan(SessionChange? Change, string? Line, string Words, ActFate Fate = ActFate.Done)
    {
        public static Plan Not(ActFate fate, string words) => new(null, null, words, fate);
    }
}
