using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.Decisions;
using NacGateway.Core.Policy;

namespace NacGateway.Core.Insight.Simulation;

/// <summary>What a sign-in would come to.</summary>
public sealed record SimulatedOutcome
{
    /// <summary>What the person would be told; null where a session would begin.</summary>
    public LoginOutcome? Outcome { get; init; }

    /// <summary>The record that would be kept, but for its key, its session and its reference; null where none would be at once.</summary>
    public PolicyDecision? Record { get; init; }

    /// <summary>The decision of the rules; null where they would not be asked.</summary>
    public AccessDecision? Decision { get; init; }

    /// <summary>How each rule would fare; empty where they would not be asked.</summary>
    public IReadOnlyList<RuleStep> Rules { get; init; } = [];

    /// <summary>Limits that the session would be under; null where none would begin.</summary>
    public SessionLimits? Limits { get; init; }

    /// <summary>How many devices the user may have online; null where that was not asked.</summary>
    public DeviceRule? Devices { get; init; }

    /// <summary>What the server says to the person whose session begins, a line each: foreign text; null for nothing.</summary>
    public string? Message { get; init; }

    /// <summary>The user's other devices that are online now.</summary>
    public int Online { get; init; }

    /// <summary>Acct-Session-Ids of open sessions that would end for it.</summary>
    public IReadOnlyList<string> Ends { get; init; } = [];

    /// <summary>Until when a try of this user from this client would have to wait, were it made now; null where it need not.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>What of the answer would be passed over, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The story of the record; null without one.</summary>
    public DecisionStory? Story => Record is null ? null : DecisionStory.Of(Record, Decision is null ? null : new DecisionReplay(Decision, Rules));
}
