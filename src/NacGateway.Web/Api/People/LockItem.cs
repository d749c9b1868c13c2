using NacGateway.Core.Authentication;

namespace NacGateway.Web.Api.People;

/// <summary>How sign-in at this gateway stands, after failed tries.</summary>
/// <param name="IsLocked">Whether tries are refused now.</param>
/// <param name="Until">Until when; null when they are not.</param>
/// <param name="Failures">Failed tries that count now.</param>
public sealed record LockItem(bool IsLocked, DateTimeOffset? Until, int Failures)
{
    internal static LockItem Of(LoginLock state) => new(state.IsLocked, state.Until, state.Failures);
}
