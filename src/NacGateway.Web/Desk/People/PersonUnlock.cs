using System.Globalization;
using System.Net;
using NacGateway.Core.Authentication;

namespace NacGateway.Web.Desk.People;

/// <summary>Lets somebody try to sign in again who failed too often: the one act of pages and API. It stands in the audit trail before it is done.</summary>
internal sealed class PersonUnlock(LoginLocks locks, DeskAudit audit)
{
    public const string Action = "person.unlock";

    /// <summary>Forgives an account; returns how it stood before.</summary>
    /// <exception cref="Core.Storage.StorageUnavailableException">The database did not take it.</exception>
    public async Task<LoginLock> UserAsync(DeskUser user, string name)
    {
        var before = await locks.OfUserAsync(name, CancellationToken.None);
        await audit.RecordAsync(user, Action, name, $"The account; {Words(before)}");
        await locks.ForgiveUserAsync(name, CancellationToken.None);
        return before;
    }

    /// <summary>Forgives a client's address; returns how it stood before.</summary>
    /// <exception cref="Core.Storage.StorageUnavailableException">The database did not take it.</exception>
    public async Task<LoginLock> ClientAsync(DeskUser user, IPAddress address)
    {
        var before = await locks.OfClientAsync(address, CancellationToken.None);
        await audit.RecordAsync(user, Action, address.ToString(), $"The address; {Words(before)}");
        await locks.ForgiveClientAsync(address, CancellationToken.None);
        return before;
    }

    private static string Words(LoginLock before) =>
        before.Until is { } until ? string.Create(CultureInfo.InvariantCulture, $"it was locked until {until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.")
        : before.Failures > 0 ? string.Create(CultureInfo.InvariantCulture, $"it was not locked; {before.Failures} failed tries were forgotten.")
        : "it was not locked.";
}
