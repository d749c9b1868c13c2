using System.Net;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Authentication;

/// <summary>Who has to wait at the portal after too many failed sign-ins, and the forgiving of it. Each gateway on one database counts for itself; what is forgiven is so at all of them. Safe for concurrent use.</summary>
public sealed class LoginLocks
{
    private readonly LoginThrottle _throttle;

    internal LoginLocks(LoginThrottle throttle) => _throttle = throttle;

    /// <summary>How it stands with an account, however it is spelled.</summary>
    public Task<LoginLock> OfUserAsync(string userName, CancellationToken cancellationToken) => _throttle.LookAsync(_throttle.Keys.OfUser(userName), cancellationToken);

    /// <summary>How it stands with a client's address.</summary>
    public Task<LoginLock> OfClientAsync(IPAddress address, CancellationToken cancellationToken) => _throttle.LookAsync(_throttle.Keys.OfClient(address), cancellationToken);

    /// <summary>Forgives an account its failures: the next try is let through.</summary>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    public Task ForgiveUserAsync(string userName, CancellationToken cancellationToken) => _throttle.ForgiveAsync(_throttle.Keys.OfUser(userName), cancellationToken);

    /// <summary>Forgives an address its failures.</summary>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    public Task ForgiveClientAsync(IPAddress address, CancellationToken cancellationToken) => _throttle.ForgiveAsync(_throttle.Keys.OfClient(address), cancellationToken);
}
