namespace NacGateway.Web.Api.Rules;

/// <summary>Rules that are only tried.</summary>
public sealed record PolicyTrial
{
    /// <summary>Rules and roles as JSON, as a text; null for those in force.</summary>
    public string? Document { get; init; }
}
