namespace NacGateway.Web.Api.Rules;

/// <summary>Rules to be put in force.</summary>
public sealed record PolicyWrite
{
    /// <summary>Rules and roles as JSON, as a text.</summary>
    public required string Document { get; init; }

    /// <summary>Whether open sessions are put under them now, as the preview says; otherwise they keep what they have.</summary>
    public bool ChangeOpenSessions { get; init; }
}
