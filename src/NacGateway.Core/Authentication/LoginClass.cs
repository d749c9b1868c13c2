namespace NacGateway.Core.Authentication;

/// <summary>What the outcomes of sign-ins come to, for plots: five lines and no more.</summary>
public enum LoginClass
{
    /// <summary>A session was opened.</summary>
    Accepted = 0,

    /// <summary>A server asked for one more step.</summary>
    Challenged,

    /// <summary>A server or a rule refused, or the user has too many devices online.</summary>
    Refused,

    /// <summary>No server answered, or not in a way that could be believed, or the database could not record it.</summary>
    Unanswered,

    /// <summary>It was not tried: throttled, busy, not sendable, too late.</summary>
    NotTried,
}
