using System.Net;
using NacGateway.Core.Authentication;

namespace NacGateway.Core.Administration;

/// <summary>Slows guessing at the desk, by name and by address, as the settings <c>Throttle</c> say. It outlives a restart. Safe for concurrent use.</summary>
public sealed class AdminThrottle
{
    private readonly LoginThrottle _throttle;

    internal AdminThrottle(LoginThrottle throttle) => _throttle = throttle;

    /// <summary>Asks for a try. Returns it, or until when there is none.</summary>
    /// <param name="name">Name as typed.</param>
    /// <param name="source">From which address.</param>
    /// <param name="passesName">Whether failures in this name elsewhere do not count: for who stands before the machine itself, whom nobody must be able to lock out from afar.</param>
    /// <param name="until">When to come back.</param>
    public AdminTry? TryEnter(string name, IPAddress source, bool passesName, out DateTimeOffset until) =>
        _throttle.TryEnter(name, source, out until, passesName) is { } ticket ? new AdminTry(_throttle, ticket) : null;

    /// <summary>Reads what was counted before a restart.</summary>
    public Task LoadAsync(CancellationToken cancellationToken) => _throttle.LoadAsync(cancellationToken);

    /// <summary>Forgets what no longer counts.</summary>
    public Task PruneAsync(CancellationToken cancellationToken) => _throttle.PruneAsync(cancellationToken);
}
