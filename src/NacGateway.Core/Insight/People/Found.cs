using NacGateway.Core.Insight.Search;

namespace NacGateway.Core.Insight.People;

/// <summary>A person, device or address that a search found.</summary>
/// <param name="Name">User-Name, MAC address, or address: foreign text.</param>
/// <param name="Last">Its newest session; null for who only ever tried.</param>
/// <param name="TriedAt">When the newest try was, UTC, for who has no session.</param>
public sealed record Found(string Name, SessionRow? Last, DateTimeOffset? TriedAt = null);
