namespace NacGateway.Core.Administration;

/// <summary>What came of asking a RADIUS server about an administrator. Details are for the audit trail; to the person all refusals are one.</summary>
public abstract record AdminVerdict
{
    /// <summary>It accepted.</summary>
    /// <param name="Name">Who: the User-Name that it returned, or as typed.</param>
    /// <param name="Server">Which server.</param>
    /// <param name="Role">What the reply makes of him.</param>
    /// <param name="By">The line of the settings that says so.</param>
    /// <param name="Longest">Session-Timeout of the reply (RFC 2865 section 5.27); null for none.</param>
    public sealed record Accepted(string Name, string Server, DeskRole Role, string By, TimeSpan? Longest) : AdminVerdict;

    /// <summary>It asks for one more step.</summary>
    /// <param name="ChallengeId">By which the answer names it.</param>
    /// <param name="Name">Who is asked.</param>
    /// <param name="Messages">What it says: foreign text.</param>
    /// <param name="Echo">Whether the answer may be shown while typing.</param>
    public sealed record Challenged(string ChallengeId, string Name, IReadOnlyList<string> Messages, bool Echo) : AdminVerdict;

    /// <summary>It rejected, or its Accept makes nobody of him.</summary>
    /// <param name="Name">Who.</param>
    /// <param name="Why">In words.</param>
    public sealed record Refused(string Name, string Why) : AdminVerdict;

    /// <summary>Nobody checked the password.</summary>
    /// <param name="Name">Who.</param>
    /// <param name="Why">In words.</param>
    public sealed record NotAsked(string Name, string Why) : AdminVerdict;

    /// <summary>The step is not there any more.</summary>
    public sealed record Expired : AdminVerdict;
}
