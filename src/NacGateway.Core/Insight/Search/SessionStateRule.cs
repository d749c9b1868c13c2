namespace NacGateway.Core.Insight.Search;

/// <summary>What the states of sessions mean: the one place for the numbers and for the sentences that people read.</summary>
public static class SessionStateRule
{
    /// <summary>Without traffic for so long, a session is idle.</summary>
    public static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(5);

    /// <summary>So many Interim-Updates may be missing.</summary>
    public const int MissedIntervals = 3;

    /// <summary>Between reports of a session that has no interval of its own.</summary>
    public static readonly TimeSpan UsualInterval = TimeSpan.FromMinutes(10);

    /// <summary>The rule of a state, as a sentence.</summary>
    public static string Words(SessionState state) => state switch
    {
        SessionState.Active => "Signed in, with traffic in the last 5 minutes.",
        SessionState.Idle => "Signed in, without traffic for 5 minutes or more.",
        SessionState.Stale => "Open in the database, but the gateway that opened it does not know it, or has not reported it for three intervals.",
        SessionState.Ending => "At its limit or told to end; the end is not recorded yet.",
        SessionState.Ended => "Over; its cause says why.",
        _ => "Not known.",
    };

    /// <summary>The state of an open session that its own gateway holds in memory.</summary>
    /// <param name="isPastLimit">Whether it has reached a limit, or was told to end.</param>
    /// <param name="idle">How long it has carried nothing.</param>
    public static SessionState OfHeld(bool isPastLimit, TimeSpan idle) =>
        isPastLimit ? SessionState.Ending : idle >= IdleAfter ? SessionState.Idle : SessionState.Active;

    /// <summary>The state of an open session of another gateway, of which only the database knows.</summary>
    public static SessionState OfOther(DateTimeOffset reportedAt, DateTimeOffset activeAt, TimeSpan? interval, DateTimeOffset now) =>
        now - reportedAt > MissedIntervals * (interval ?? UsualInterval) ? SessionState.Stale : now - activeAt >= IdleAfter ? SessionState.Idle : SessionState.Active;
}
