namespace NacGateway.Web.Admin.Access;

/// <summary>One's own second factor.</summary>
public sealed record SecondFactorModel
{
    /// <summary>Whether the account has one.</summary>
    public required bool IsSet { get; init; }

    /// <summary>A new secret to be confirmed by a code: what the form carries, as it is typed, and as a link; null for none.</summary>
    public (string Sealed, string Key, string Link)? Offer { get; init; }

    /// <summary>What is wrong; null for nothing.</summary>
    public string? Problem { get; init; }
}
