using NacGateway.Core.Insight.Search;

namespace NacGateway.Core.Insight.People;

/// <summary>Who had an address at a moment.</summary>
/// <param name="Address">The address, spelled as the database does.</param>
/// <param name="At">The moment, UTC.</param>
/// <param name="Holders">The sessions that had it, the newest first: one, or several where gateways serve networks with the same private addresses.</param>
/// <param name="Before">The last session that had it before and ended; null for none that is kept.</param>
/// <param name="After">The first session that had it after; null for none.</param>
public sealed record AddressAnswer(string Address, DateTimeOffset At, IReadOnlyList<SessionRow> Holders, SessionRow? Before, SessionRow? After);
