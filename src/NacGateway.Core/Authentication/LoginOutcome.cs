using NacGateway.Core.Sessions;

namespace NacGateway.Core.Authentication;

/// <summary>How one step of a sign-in ended. Each case is a different page and a different log line; expected failures are values, not exceptions.</summary>
/// <param name="Reference">Short code that the page shows and the log line carries, such as 7K2-91F.</param>
public abstract record LoginOutcome(string Reference)
{
    /// <summary>The session is open, durable and known to the gate.</summary>
    public sealed record SignedIn(string Reference, ActiveSession Session) : LoginOutcome(Reference);

    /// <summary>The server asks for one more step (RFC 2865 section 4.4).</summary>
    /// <param name="Reference">See <see cref="LoginOutcome"/>.</param>
    /// <param name="ChallengeId">Opaque handle for <see cref="ChallengeAnswer"/>.</param>
    /// <param name="UserName">Who is signing in, kept for the page.</param>
    /// <param name="Messages">Reply-Messages in packet order, untrusted text; may be empty.</param>
    /// <param name="Echo">Whether the answer may be shown while typing (Prompt, RFC 2869 section 5.10; 1 echoes).</param>
    public sealed record Challenged(string Reference, string ChallengeId, string UserName, IReadOnlyList<string> Messages, bool Echo) : LoginOutcome(Reference);

    /// <summary>Access-Reject with no better reason.</summary>
    public sealed record Rejected(string Reference, IReadOnlyList<string> Messages) : LoginOutcome(Reference);

    /// <summary>The password has expired (MS-CHAP error 648).</summary>
    public sealed record PasswordExpired(string Reference) : LoginOutcome(Reference);

    /// <summary>Outside the hours the account may sign in (MS-CHAP error 646).</summary>
    public sealed record OutsideHours(string Reference) : LoginOutcome(Reference);

    /// <summary>The account is disabled (MS-CHAP error 647).</summary>
    public sealed record AccountDisabled(string Reference) : LoginOutcome(Reference);

    /// <summary>The account may not use this network (MS-CHAP error 649).</summary>
    public sealed record NotPermitted(string Reference) : LoginOutcome(Reference);

    /// <summary>No server answered within the budget: the password was not checked.</summary>
    public sealed record NoAnswer(string Reference) : LoginOutcome(Reference);

    /// <summary>Servers answered, but the shared secret differs: nothing they said can be believed.</summary>
    public sealed record WrongSecret(string Reference) : LoginOutcome(Reference);

    /// <summary>Servers answered without Message-Authenticator, which the configuration requires.</summary>
    public sealed record MissingMessageAuthenticator(string Reference) : LoginOutcome(Reference);

    /// <summary>The server accepted, but its answer cannot be honoured (unknown Service-Type, MS-CHAPv2 proof missing or wrong).</summary>
    public sealed record UnusableAccept(string Reference) : LoginOutcome(Reference);

    /// <summary>A rule of this gateway refused, whatever the server said.</summary>
    /// <param name="Reference">See <see cref="LoginOutcome"/>.</param>
    /// <param name="Message">What the rule says to the person, written by an administrator; null for nothing.</param>
    public sealed record Refused(string Reference, string? Message) : LoginOutcome(Reference);

    /// <summary>Too many failed tries of this user or from this client.</summary>
    public sealed record Throttled(string Reference, DateTimeOffset Until) : LoginOutcome(Reference);

    /// <summary>The challenge is unknown, used, too old or another client's: start anew.</summary>
    public sealed record ChallengeExpired(string Reference) : LoginOutcome(Reference);

    /// <summary>This user has as many devices online as allowed.</summary>
    public sealed record DeviceLimit(string Reference, int Current, int Maximum) : LoginOutcome(Reference);

    /// <summary>User name or password has a length that RADIUS cannot carry (RFC 2865 sections 5.1 and 5.2).</summary>
    public sealed record NotSendable(string Reference) : LoginOutcome(Reference);

    /// <summary>The database could not record the session: nothing was granted.</summary>
    public sealed record StorageUnavailable(string Reference) : LoginOutcome(Reference);

    /// <summary>The gateway is busy: too many sign-ins at once.</summary>
    public sealed record Busy(string Reference) : LoginOutcome(Reference);
}
