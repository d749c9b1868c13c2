namespace NacGateway.Web.Admin.Access;

/// <summary>The page of the second step.</summary>
public sealed record CodeModel
{
    /// <summary>By which the answer names the step.</summary>
    public required string Id { get; init; }

    /// <summary>Who is asked.</summary>
    public required string Name { get; init; }

    /// <summary>Where it leads.</summary>
    public required string Return { get; init; }

    /// <summary>What the form must carry.</summary>
    public required string Token { get; init; }

    /// <summary>What the RADIUS server says: foreign text; empty for the code of an authenticator.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>Whether the answer may be shown while typing.</summary>
    public bool Echo { get; init; }

    /// <summary>What happened; null for the first time.</summary>
    public SignInProblem? Problem { get; init; }
}
