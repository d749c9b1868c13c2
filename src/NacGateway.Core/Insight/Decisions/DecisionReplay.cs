using NacGateway.Core.Policy;

namespace NacGateway.Core.Insight.Decisions;

/// <summary>A decision made once more from what was kept of it.</summary>
/// <param name="Decision">What the rules say, the same as then.</param>
/// <param name="Rules">How each of them fared.</param>
public sealed record DecisionReplay(AccessDecision Decision, IReadOnlyList<RuleStep> Rules);
