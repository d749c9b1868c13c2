namespace NacGateway.Web.Portal.Pages;

/// <summary>State of the second step. The RADIUS State is not here: it never leaves the gateway.</summary>
public sealed record ChallengeModel
{
    /// <summary>Hidden field; it names the challenge.</summary>
    public required string Token { get; init; }

    /// <summary>Who is signing in.</summary>
    public required string UserName { get; init; }

    /// <summary>What the server asks, cleaned; may be empty.</summary>
    public required IReadOnlyList<string> Messages { get; init; }

    /// <summary>Whether the answer shows while typing (Prompt, RFC 2869 section 5.10).</summary>
    public required bool Echo { get; init; }

    /// <summary>What went wrong before.</summary>
    public Problem? Problem { get; init; }

    /// <summary>Which fields are to be corrected.</summary>
    public FieldErrors Fields { get; init; } = FieldErrors.None;
}
