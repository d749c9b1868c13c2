using System.Globalization;

namespace NacGateway.Core.Policy;

/// <summary>The record of one decision: which rule held, and in words what was applied. For administrators; nothing reads it back to decide.</summary>
public sealed record PolicyDecision
{
    /// <summary>Key.</summary>
    public long Id { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The session that was opened by it, or would have been.</summary>
    public required string AcctSessionId { get; init; }

    /// <summary>User-Name.</summary>
    public required string UserName { get; init; }

    /// <summary>Version of the rules that it was made by; 0 when there are none.</summary>
    public int PolicyVersion { get; init; }

    /// <summary>Name of the rule that held; null when none did.</summary>
    public string? Rule { get; init; }

    /// <summary>Name of the role; null when none was given.</summary>
    public string? Role { get; init; }

    /// <summary>Whether access was granted.</summary>
    public required bool IsGranted { get; init; }

    /// <summary>What was decided and why, in sentences.</summary>
    public required string Words { get; init; }

    /// <summary>The record when the decision granted, but the user has as many devices online as allowed.</summary>
    /// <param name="online">The user's other devices.</param>
    /// <param name="most">How many are allowed at once.</param>
    internal PolicyDecision Without(int online, int most) => this with
    {
        IsGranted = false,
        Role = null,
        Words = DecisionWords.Cut(string.Create(CultureInfo.InvariantCulture, $"{Words} But {online} of {most} devices are online already, so it was refused."), DecisionWords.Longest),
    };
}
