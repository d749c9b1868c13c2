using NacGateway.Core.Insight.People;

namespace NacGateway.Web.Api.People;

/// <summary>Whom a search found, of each kind a few.</summary>
/// <param name="People">Accounts whose name begins like this.</param>
/// <param name="Devices">Devices whose MAC address begins like this.</param>
/// <param name="Addresses">Addresses that begin like this.</param>
/// <param name="IsMore">Whether more of a kind begin like this.</param>
public sealed record PeopleResult(IReadOnlyList<FoundItem> People, IReadOnlyList<FoundItem> Devices, IReadOnlyList<FoundItem> Addresses, bool IsMore)
{
    internal static PeopleResult Of(FoundPeople found) => new([.. found.People.Select(FoundItem.Of)], [.. found.Devices.Select(FoundItem.Of)], [.. found.Addresses.Select(FoundItem.Of)], found.IsMore);
}
