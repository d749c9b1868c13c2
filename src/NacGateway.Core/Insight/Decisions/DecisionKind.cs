namespace NacGateway.Core.Insight.Decisions;

/// <summary>All that the record of a decision can be about. The names are those in the database (<see cref="Policy.PolicyDecision.Outcome"/>).</summary>
public enum DecisionKind
{
    /// <summary>A record of an earlier release, which says no more than whether access was granted; or of a later one.</summary>
    Unknown = 0,
    SignedIn,
    Challenged,
    Rejected,
    PasswordExpired,
    OutsideHours,
    AccountDisabled,
    NotPermitted,
    NoAnswer,
    WrongSecret,
    MissingMessageAuthenticator,
    UnusableAccept,
    Refused,
    Throttled,
    ChallengeExpired,
    DeviceLimit,
    NotSendable,
    StorageUnavailable,
    Busy,
    Renewed,
    NotRenewed,
    Reapplied,
    Withdrawn,
}
