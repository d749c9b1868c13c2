namespace NacGateway.Core.Insight.Acts;

/// <summary>What became of an act on one session, and why.</summary>
/// <param name="AcctSessionId">The session.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="Words">A sentence for the administrator.</param>
public sealed record ActResult(string AcctSessionId, ActFate Fate, string Words);
