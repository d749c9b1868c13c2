namespace NacGateway.Core.Policy;

/// <summary>A version of the rules as it is kept.</summary>
/// <param name="Version">Its number.</param>
/// <param name="CreatedAt">Since when it is there.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="Document">The JSON.</param>
public sealed record PolicyText(int Version, DateTimeOffset CreatedAt, string CreatedBy, string Document);
