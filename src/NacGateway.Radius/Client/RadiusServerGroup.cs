using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Client;

/// <summary>Servers that answer for one another: priority, health and failover inside one time budget. Safe for concurrent use.</summary>
public sealed class RadiusServerGroup : IAsyncDisposable
{
    /// <summary>A group over its own sockets.</summary>
    /// <param name="servers">The servers, in any order.</param>
    /// <param name="timeProvider">Clock for retransmission, health and budget.</param>
    public RadiusServerGroup(IReadOnlyList<RadiusServerSettings> servers, TimeProvider timeProvider) => throw new NotImplementedException();

    /// <summary>Asks one server after the other until an authentic reply comes or the budget is gone.</summary>
    /// <param name="code">Code of the request.</param>
    /// <param name="template">Fills the request for each server asked.</param>
    /// <param name="budget">Time for all servers together.</param>
    /// <param name="cancellationToken">Ends the wait; it then throws <see cref="OperationCanceledException"/>.</param>
    public Task<ExchangeResult> ExchangeAsync(RadiusCode code, RadiusRequestTemplate template, TimeSpan budget, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
