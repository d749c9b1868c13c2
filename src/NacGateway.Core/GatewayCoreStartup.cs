using Microsoft.Extensions.Hosting;
using NacGateway.Core.Administration.Runtime;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core;

/// <summary>What must be done before the first listener opens: no other process is this gateway, the schema is current, the rules and what administrators changed are loaded, and the open sessions are known.</summary>
internal sealed class GatewayCoreStartup(GatewayLease lease, DatabaseMigration migration, PolicyUpkeep policies, RuntimeSettings settings, SessionRestore sessions) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await lease.TakeAsync(cancellationToken).ConfigureAwait(false);
        await migration.ApplyAsync(cancellationToken).ConfigureAwait(false);
        await policies.LoadAsync(cancellationToken).ConfigureAwait(false);
        await settings.FollowAsync(cancellationToken).ConfigureAwait(false);
        await sessions.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
