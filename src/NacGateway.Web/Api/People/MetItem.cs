using NacGateway.Core.Insight.People;

namespace NacGateway.Web.Api.People;

/// <summary>A device of a person, a person of a device, or an address of either.</summary>
/// <param name="Name">MAC address, User-Name or address: foreign text.</param>
/// <param name="Sessions">How many of the last 500 sessions.</param>
/// <param name="LastAt">When the last of them began.</param>
public sealed record MetItem(string Name, int Sessions, DateTimeOffset LastAt)
{
    internal static MetItem Of(Acquaintance acquaintance) => new(acquaintance.Name, acquaintance.Sessions, acquaintance.LastAt);
}
