namespace NacGateway.Core.Insight;

/// <summary>What the reasons for refusals come to, as far as outcome and Reply-Message tell.</summary>
public enum RefusalKind
{
    /// <summary>A server refused and did not say why, or in words that are not understood here.</summary>
    Rejected = 0,

    /// <summary>User or password were wrong.</summary>
    WrongCredentials,

    /// <summary>The account is locked or disabled.</summary>
    AccountClosed,

    /// <summary>Account or password have expired.</summary>
    Expired,

    /// <summary>Not at this time.</summary>
    OutsideHours,

    /// <summary>Not this network or device.</summary>
    NotPermitted,

    /// <summary>As many devices are online as allowed.</summary>
    TooManyDevices,

    /// <summary>A rule of the gateway refused.</summary>
    Rule,

    /// <summary>No server answered.</summary>
    NoAnswer,

    /// <summary>Answers could not be believed, or could not be honoured: somebody has to correct settings.</summary>
    Misconfigured,

    /// <summary>Too many failed tries.</summary>
    Throttled,

    /// <summary>The gateway was too busy, or could not record it.</summary>
    Gateway,

    /// <summary>The sign-in was not finished, or could not be sent.</summary>
    Unfinished,
}
