namespace NacGateway.Web.Api.Rules;

/// <summary>A version in the history of the rules.</summary>
/// <param name="Version">Its number.</param>
/// <param name="CreatedAt">Since when it is there.</param>
/// <param name="CreatedBy">Who made it.</param>
public sealed record PolicyVersionItem(int Version, DateTimeOffset CreatedAt, string CreatedBy);
