namespace NacGateway.Core.Administration;

/// <summary>What is kept of a view.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Query">The URL's query, without "?".</param>
/// <param name="Shared">Whether all administrators see it; null leaves it as it is, which for a new one is to its owner alone.</param>
public sealed record SavedViewText(string Name, string Query, bool? Shared = null);
