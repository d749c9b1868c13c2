using NacGateway.Core.Insight.Search;

namespace NacGateway.Web.Api.People;

/// <summary>A session of a person, a device or an address.</summary>
/// <param name="AcctSessionId">Acct-Session-Id.</param>
/// <param name="State">How it stands.</param>
/// <param name="User">User-Name: foreign text.</param>
/// <param name="Mac">The device's MAC address; null when it is not known.</param>
/// <param name="Address">The client's address.</param>
/// <param name="Gateway">The gateway that opened it.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null while it is open.</param>
public sealed record PersonSession(string AcctSessionId, SessionState State, string User, string? Mac, string Address, string Gateway, DateTimeOffset StartedAt, DateTimeOffset? EndedAt)
{
    internal static PersonSession Of(SessionRow row) => new(row.AcctSessionId, row.State, row.UserName, row.CallingStationId, row.ClientAddress, row.Gateway, row.StartedAt, row.EndedAt);
}
