namespace NacGateway.Harness.Loading;

/// <summary>What a whole run came to.</summary>
/// <param name="Total">All counts.</param>
/// <param name="Elapsed">From the first request to the last reply, or to giving up.</param>
/// <param name="InFlight">Requests that nothing had come of when the run was ended from outside.</param>
/// <param name="Held">Requests that the rate asked for and the window had no room for, never sent.</param>
/// <param name="Interrupted">Whether it was ended from outside.</param>
/// <param name="Problem">What stood in the way of a connection, with the remedy; null when nothing did.</param>
internal sealed record LoadOutcome(LoadTally Total, TimeSpan Elapsed, int InFlight, long Held, bool Interrupted, string? Problem = null);
