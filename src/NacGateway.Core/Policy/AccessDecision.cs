namespace NacGateway.Core.Policy;

/// <summary>The answer of the rules to one query, with the reasons.</summary>
public sealed record AccessDecision
{
    /// <summary>Whether access is granted.</summary>
    public required bool IsGranted { get; init; }

    /// <summary>Version of the rules.</summary>
    public required int PolicyVersion { get; init; }

    /// <summary>Name of the rule that held; null when none did.</summary>
    public string? Rule { get; init; }

    /// <summary>Limits in force, with the name of the role; without meaning when nothing is granted.</summary>
    public SessionLimits Limits { get; init; } = new();

    /// <summary>The user's devices at once; null for what the settings say.</summary>
    public DeviceRule? Devices { get; init; }

    /// <summary>What the person is told of a refusal, from the rule; null for nothing besides the page's own words.</summary>
    public string? Message { get; init; }

    /// <summary>Set when the server's answer cannot be honoured, as part of a sentence for the log; then it counts as a Reject.</summary>
    public string? Problem { get; init; }

    /// <summary>What was decided and why, in sentences for administrators.</summary>
    public required string Words { get; init; }

    /// <summary>The record to be kept.</summary>
    /// <param name="acctSessionId">The session that is opened by it, or would have been.</param>
    /// <param name="userName">User-Name as typed.</param>
    /// <param name="at">When.</param>
    /// <param name="preface">What the words are to begin with.</param>
    public PolicyDecision ToRecord(string acctSessionId, string userName, DateTimeOffset at, string preface) => new()
    {
        At = at,
        AcctSessionId = acctSessionId,
        UserName = userName,
        PolicyVersion = PolicyVersion,
        Rule = Rule,
        Role = IsGranted ? Limits.Role : null,
        IsGranted = IsGranted,
        Words = DecisionWords.Cut($"{preface} {Words}", DecisionWords.Longest),
    };
}
