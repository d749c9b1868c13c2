using NacGateway.Core.Insight.Search;

namespace NacGateway.Web.Admin.Kit;

/// <summary>
/// A state as the desk names it: one word, its look, and the rule behind it, which the badge shows on hover. The word is the same in
/// the table, in the filters and in the live feed.
/// </summary>
/// <param name="Word">The word that a person reads.</param>
/// <param name="Look">Colour and shape.</param>
/// <param name="Rule">What the word means, as a sentence; null for a word that needs none.</param>
public sealed record DeskState(string Word, Look Look, string? Rule = null)
{
    /// <summary>A session that carries traffic.</summary>
    public static DeskState Active { get; } = new("Active", Look.Good, SessionStateRule.Words(SessionState.Active));

    /// <summary>A session without traffic.</summary>
    public static DeskState Idle { get; } = new("Idle", Look.Warn, SessionStateRule.Words(SessionState.Idle));

    /// <summary>A session that its gateway does not know, or has not reported.</summary>
    public static DeskState Stale { get; } = new("Stale", Look.Bad, SessionStateRule.Words(SessionState.Stale));

    /// <summary>A session that was told to end.</summary>
    public static DeskState Ending { get; } = new("Ending", Look.Leaving, SessionStateRule.Words(SessionState.Ending));

    /// <summary>A session that is over.</summary>
    public static DeskState Ended { get; } = new("Ended", Look.Gone, SessionStateRule.Words(SessionState.Ended));

    /// <summary>A RADIUS server that answers in time.</summary>
    public static DeskState Up { get; } = new("Up", Look.Good, "Answers within its limit.");

    /// <summary>A RADIUS server that answers late.</summary>
    public static DeskState Slow { get; } = new("Slow", Look.Warn, "Answers, but later than its limit.");

    /// <summary>A RADIUS server that does not answer.</summary>
    public static DeskState Down { get; } = new("Down", Look.Bad, "Did not answer in a row; asked again after a pause.");

    /// <summary>A RADIUS server that gets no new request by an administrator's wish.</summary>
    public static DeskState Draining { get; } = new("Draining", Look.Leaving, "Gets no new request, by an administrator's wish.");

    /// <summary>Something of which nothing is known yet.</summary>
    public static DeskState Unknown { get; } = new("Unknown", Look.Unknown, "Nothing was sent to it yet.");

    /// <summary>The state of a session.</summary>
    public static DeskState Of(SessionState state) => state switch
    {
        SessionState.Active => Active,
        SessionState.Idle => Idle,
        SessionState.Stale => Stale,
        SessionState.Ending => Ending,
        SessionState.Ended => Ended,
        _ => Unknown,
    };
}
