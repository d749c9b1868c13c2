namespace NacGateway.Web.Api.Sessions.Detail;

/// <summary>The value of an act on one session: the one member that the act takes, and no other.</summary>
public sealed record ActRequest
{
    /// <summary>Minutes by which the end is moved, 1 to 10,080; for extend.</summary>
    public int? Minutes { get; init; }

    /// <summary>Name of a role of the policies; for role.</summary>
    public string? Role { get; init; }

    /// <summary>Plain text of at most 500 characters; for message.</summary>
    public string? Text { get; init; }
}
