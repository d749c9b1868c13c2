using NacGateway.Core.Policy;

namespace NacGateway.Web.Admin.Rules;

/// <summary>The versions of the rules.</summary>
/// <param name="Versions">Those of this page, the newest first.</param>
/// <param name="InForce">The newest one of all.</param>
/// <param name="Before">Where the next page begins; null on the last.</param>
/// <param name="PreviousHref">The page before; null on the first.</param>
public sealed record PolicyHistoryModel(IReadOnlyList<PolicyEntry> Versions, int InForce, int? Before, string? PreviousHref);
