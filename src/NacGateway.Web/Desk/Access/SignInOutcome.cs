using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk.Access;

/// <summary>How one step of a sign-in ended. All refusals of what was typed are one case: what was wrong is for the audit trail.</summary>
internal abstract record SignInOutcome
{
    /// <summary>He is signed in.</summary>
    public sealed record SignedIn(byte[] Token, AdminSession Session) : SignInOutcome;

    /// <summary>One more step.</summary>
    /// <param name="Id">By which the answer names it.</param>
    /// <param name="Name">Who is asked.</param>
    /// <param name="Messages">What the RADIUS server says: foreign text; empty for the code of a local account.</param>
    /// <param name="Echo">Whether the answer may be shown while typing.</param>
    /// <param name="IsRepeat">Whether the last answer was wrong.</param>
    public sealed record Code(string Id, string Name, IReadOnlyList<string> Messages, bool Echo, bool IsRepeat = false) : SignInOutcome;

    /// <summary>Name and password do not let anybody in.</summary>
    public sealed record Refused : SignInOutcome;

    /// <summary>Too many tries.</summary>
    public sealed record Paused(DateTimeOffset Until) : SignInOutcome;

    /// <summary>No RADIUS server answered: nothing was checked.</summary>
    public sealed record NotAsked : SignInOutcome;

    /// <summary>The step took too long.</summary>
    public sealed record Expired : SignInOutcome;

    /// <summary>Too many at once.</summary>
    public sealed record Busy : SignInOutcome;
}
