using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace NacGateway.Core.Storage;

/// <summary>
/// Lets one process at a time be the gateway of a name. A second one would end the sessions of the first, or report them twice, before
/// it found that the ports are taken. Commands that only look, or change what both may change, need none.
/// </summary>
public sealed class GatewayLease(IDbContextFactory<GatewayDbContext> contexts, GatewayIdentity identity, TimeProvider time, ILogger<GatewayLease> log) : IAsyncDisposable
{
    private IDisposable? _file;
    private ServerLease? _server;

    /// <summary>Takes it; it is held until this object is disposed or the process ends. SQLite: of the whole file, for that has one gateway.</summary>
    /// <exception cref="GatewayRunsException">Another process has it.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            if (WriteLocks.IsShared(database))
            {
                _server = new ServerLease(database, identity.Name, time, log);
                await _server.TakeAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                _file = FileLease.Take(database);
            }
        }
    }

    /// <summary>Lets go of it.</summary>
    public async ValueTask DisposeAsync()
    {
        _file?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync().ConfigureAwait(false);
        }
    }
}
