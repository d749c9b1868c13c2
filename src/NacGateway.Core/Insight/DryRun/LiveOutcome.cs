namespace NacGateway.Core.Insight.DryRun;

/// <summary>What came of putting open sessions under the rules in force.</summary>
/// <param name="Changed">Put under another role or other limits.</param>
/// <param name="Ended">Ended, because the rules refuse them.</param>
/// <param name="Missed">Gone, or changed by somebody else, meanwhile.</param>
/// <param name="NotJudged">Left as they are, because too little is known of them or somebody changed them before.</param>
public sealed record LiveOutcome(int Changed, int Ended, int Missed, int NotJudged);
