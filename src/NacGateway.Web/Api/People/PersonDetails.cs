using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.People;
using NacGateway.Web.Api.Decisions;

namespace NacGateway.Web.Api.People;

/// <summary>What is kept of an account, newest first.</summary>
/// <param name="Name">The newest spelling that is kept: foreign text.</param>
/// <param name="Lock">How its sign-in stands.</param>
/// <param name="Devices">Its devices.</param>
/// <param name="Addresses">Addresses that it had.</param>
/// <param name="Sessions">Its last 50 sessions.</param>
/// <param name="Decisions">Its last 50 tries to sign in.</param>
public sealed record PersonDetails(string Name, LockItem Lock, IReadOnlyList<MetItem> Devices, IReadOnlyList<MetItem> Addresses, IReadOnlyList<PersonSession> Sessions, IReadOnlyList<DecisionItem> Decisions)
{
    internal static PersonDetails Of(PersonFile file, LoginLock state) => new(
        file.Name, LockItem.Of(state), [.. file.Devices.Select(MetItem.Of)], [.. file.Addresses.Select(MetItem.Of)], [.. file.Sessions.Select(PersonSession.Of)], [.. file.Decisions.Select(DecisionItem.Of)]);
}
