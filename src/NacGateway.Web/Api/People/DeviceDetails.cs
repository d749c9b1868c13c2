using NacGateway.Core.Insight.People;
using NacGateway.Web.Api.Decisions;

namespace NacGateway.Web.Api.People;

/// <summary>What is kept of a device, newest first.</summary>
/// <param name="Mac">Its MAC address.</param>
/// <param name="IsRandomised">Whether it made the address up itself, as phones do for each network.</param>
/// <param name="People">Who used it.</param>
/// <param name="Addresses">Addresses that it had.</param>
/// <param name="Sessions">Its last 50 sessions.</param>
/// <param name="Decisions">The last 50 tries to sign in from it.</param>
public sealed record DeviceDetails(string Mac, bool IsRandomised, IReadOnlyList<MetItem> People, IReadOnlyList<MetItem> Addresses, IReadOnlyList<PersonSession> Sessions, IReadOnlyList<DecisionItem> Decisions)
{
    internal static DeviceDetails Of(PersonFile file, bool isRandomised) => new(
        file.Name, isRandomised, [.. file.People.Select(MetItem.Of)], [.. file.Addresses.Select(MetItem.Of)], [.. file.Sessions.Select(PersonSession.Of)], [.. file.Decisions.Select(DecisionItem.Of)]);
}
