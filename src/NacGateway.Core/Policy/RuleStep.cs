namespace NacGateway.Core.Policy;

/// <summary>How one rule fared with a query.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Fate">Whether it held.</param>
/// <param name="Reason">Why it did not, as part of a sentence; null where it held or was not asked.</param>
public sealed record RuleStep(string Rule, RuleFate Fate, string? Reason);
