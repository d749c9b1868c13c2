namespace NacGateway.Core.Insight.People;

/// <summary>Whom a search found; of each kind a few, in order.</summary>
/// <param name="People">Accounts.</param>
/// <param name="Devices">MAC addresses.</param>
/// <param name="Addresses">Addresses.</param>
/// <param name="IsMore">Whether more of a kind begin like this.</param>
public sealed record FoundPeople(IReadOnlyList<Found> People, IReadOnlyList<Found> Devices, IReadOnlyList<Found> Addresses, bool IsMore);
