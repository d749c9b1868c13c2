namespace NacGateway.Web.Api.People;

/// <summary>Whom to unlock: an account, or an address.</summary>
public sealed record UnlockOrder
{
    /// <summary>The account, however it is spelled.</summary>
    public string? User { get; init; }

    /// <summary>The client's address.</summary>
    public string? Address { get; init; }
}
