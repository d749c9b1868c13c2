using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.Decisions;

/// <summary>A decision with what belongs to it.</summary>
/// <param name="Decision">The record, whole.</param>
/// <param name="Related">Other records of the same sign-in or session, oldest first, without what was said with the server.</param>
/// <param name="Events">What was done to the session, oldest first.</param>
/// <param name="HasSession">Whether the session is still known.</param>
public sealed record DecisionFile(PolicyDecision Decision, IReadOnlyList<PolicyDecision> Related, IReadOnlyList<SessionEvent> Events, bool HasSession);
