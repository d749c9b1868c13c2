using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.People;

namespace NacGateway.Web.Api.People;

/// <summary>Who had an address at a moment.</summary>
/// <param name="Address">The address, an IPv4-mapped one as IPv4.</param>
/// <param name="At">The moment.</param>
/// <param name="Holders">The sessions that had it; several only where gateways serve networks with the same private addresses.</param>
/// <param name="Before">The last session that had it before and ended; null for none.</param>
/// <param name="After">The first session that had it after; null for none.</param>
/// <param name="Lock">How sign-in from there stands now.</param>
public sealed record AddressDetails(string Address, DateTimeOffset At, IReadOnlyList<PersonSession> Holders, PersonSession? Before, PersonSession? After, LockItem Lock)
{
    internal static AddressDetails Of(AddressAnswer answer, LoginLock state) => new(
        answer.Address,
        answer.At,
        [.. answer.Holders.Select(PersonSession.Of)],
        answer.Before is { } before ? PersonSession.Of(before) : null,
        answer.After is { } after ? PersonSession.Of(after) : null,
        LockItem.Of(state));
}
