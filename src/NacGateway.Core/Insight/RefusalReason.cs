namespace NacGateway.Core.Insight;

/// <summary>Why sign-ins were refused, with how often.</summary>
/// <param name="Kind">What it comes to.</param>
/// <param name="Outcome">Outcome of the sign-ins, such as "Rejected".</param>
/// <param name="Count">Records of that; throttled tries leave fewer than they are.</param>
/// <param name="Example">The Reply-Message that came most often: foreign text; null when none came.</param>
public sealed record RefusalReason(RefusalKind Kind, string Outcome, int Count, string? Example);
