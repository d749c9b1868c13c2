namespace NacGateway.Web.Admin.Access;

/// <summary>The sign-in page.</summary>
public sealed record SignInModel
{
    /// <summary>Where it leads.</summary>
    public required string Return { get; init; }

    /// <summary>What the form must carry.</summary>
    public required string Token { get; init; }

    /// <summary>Name as typed before; never a password.</summary>
    public string Name { get; init; } = "";

    /// <summary>What happened; null for the first time.</summary>
    public SignInProblem? Problem { get; init; }

    /// <summary>Whether no RADIUS server answers, so that only local accounts sign in.</summary>
    public bool IsRadiusOut { get; init; }

    /// <summary>Whether nobody could sign in at all, and the page says what to do about it.</summary>
    public bool NeedsSetup { get; init; }
}
