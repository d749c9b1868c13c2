using NacGateway.Core.Policy;

namespace NacGateway.Core.Authentication;

/// <summary>How one step ended, with what only the log and the records should know.</summary>
/// <param name="Outcome">What the person is told.</param>
/// <param name="Detail">Why, as part of a sentence; null for nothing to add.</param>
/// <param name="Decision">What the rules decided; null when they were not asked.</param>
internal sealed record LoginVerdict(LoginOutcome Outcome, string? Detail = null, AccessDecision? Decision = null)
{
    /// <summary>Whether a server had checked the password, whatever came of it.</summary>
    public bool IsChecked { get; init; } = true;
}
