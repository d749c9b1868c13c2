namespace NacGateway.Core.Policy;

/// <summary>A line of the history of the rules.</summary>
/// <param name="Version">Its number.</param>
/// <param name="CreatedAt">Since when it is there.</param>
/// <param name="CreatedBy">Who made it.</param>
public sealed record PolicyEntry(int Version, DateTimeOffset CreatedAt, string CreatedBy);
