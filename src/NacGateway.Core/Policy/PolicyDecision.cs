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

    /// <summary>User-Name in the form in which two spellings of one account are the same; null in records of earlier releases.</summary>
    public string? UserKey { get; init; }

    /// <summary>Address of the client; null in records of earlier releases.</summary>
    public string? ClientAddress { get; init; }

    /// <summary>MAC address of the client; null when it was not known.</summary>
    public string? CallingStationId { get; init; }

    /// <summary>How it ended, as a stable word: the name of the sign-in's outcome, such as "Rejected"; null in records of earlier releases.</summary>
    public string? Outcome { get; init; }

    /// <summary>The code that the person saw, such as 7K2-91F.</summary>
    public string? Reference { get; init; }

    /// <summary>Server that was asked last; null when none was.</summary>
    public string? ServerName { get; init; }

    /// <summary>From the first transmission to the answer, in milliseconds; null without an answer.</summary>
    public int? ElapsedMilliseconds { get; init; }

    /// <summary>Reply-Message of the answer: foreign text, one line; null when it had none.</summary>
    public string? ReplyMessage { get; init; }

    /// <summary>Request and answer, attribute by attribute, without secrets; null when nothing was sent.</summary>
    public byte[]? Exchange { get; init; }

    /// <summary>How the client came: what it asked the gate for, and got, before it signed in, as JSON; null when it never did.</summary>
    public string? Arrival { get; init; }

    /// <summary>The record when the decision granted, but the user has as many devices online as allowed.</summary>
    /// <param name="online">The user's other devices.</param>
    /// <param name="most">How many are allowed at once.</param>
    internal PolicyDecision Without(int online, int most) => this with
    {
        IsGranted = false,
        Outcome = DecisionOutcomes.DeviceLimit,
        Role = null,
        Words = DecisionWords.Cut(string.Create(CultureInfo.InvariantCulture, $"{Words} But {online} of {most} devices are online already, so it was refused."), DecisionWords.Longest),
    };
}
