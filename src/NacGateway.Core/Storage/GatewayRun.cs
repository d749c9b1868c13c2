namespace NacGateway.Core.Storage;

/// <summary>For commands that must not work beside a gateway that runs.</summary>
public sealed class GatewayRun
{
    private readonly GatewayLease _lease;

    internal GatewayRun(GatewayLease lease) => _lease = lease;

    /// <summary>Makes sure that no process is the gateway, and that none becomes it until this one ends.</summary>
    /// <exception cref="GatewayRunsException">One is.</exception>
    public Task RefuseWhileRunningAsync(CancellationToken cancellationToken) => _lease.TakeAsync(cancellationToken);
}
