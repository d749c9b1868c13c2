namespace NacGateway.Core.Insight.People;

/// <summary>A device of a person, a person of a device, or an address of either, from sessions.</summary>
/// <param name="Name">User-Name as last seen, MAC address, or address: foreign text.</param>
/// <param name="Sessions">How many of the sessions that were looked at.</param>
/// <param name="LastAt">When the last of them began, UTC.</param>
public sealed record Acquaintance(string Name, int Sessions, DateTimeOffset LastAt);
