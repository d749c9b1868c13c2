using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>What the database remembers of a user at a device. Few ask at once: the database has other things to do. Safe for concurrent use.</summary>
internal sealed class PastSessions(IDbContextFactory<GatewayDbContext> contexts, GatewayIdentity identity, IOptions<StorageOptions> storage) : IDisposable
{
    private readonly SemaphoreSlim _questions = new(2);

    /// <summary>Null where the database is this gateway's alone, which keeps its history under a new name. Others may serve a network with the same private addresses.</summary>
    private readonly string? _owner = storage.Value.Provider == StorageProvider.Sqlite ? null : identity.Name;

    /// <summary>
    /// The user's last session at this device that a server granted, and whether access was withdrawn from the user since, at whatever
    /// device. A device is known by its MAC address, and only without one by its IP address.
    /// </summary>
    public async Task<LastAccept?> FindLastAcceptAsync(string userName, IPAddress client, string? callingStationId, DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        await _questions.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using (database.ConfigureAwait(false))
            {
                var last = await Granted(database, userName, oldest)
                    .Where(At(client, callingStationId))
                    .OrderByDescending(row => row.StartedAt)
                    .Select(row => new LastAccept(row.StartedAt, row.Role))
                    .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
                return last is null ? null : last with { IsWithdrawn = await IsWithdrawnAsync(database, userName, last.At, cancellationToken).ConfigureAwait(false) };
            }
        }
        finally
        {
            _questions.Release();
        }
    }

    /// <summary>
    /// Whether a server granted the user a session at this address since. Does not wait for its turn: whoever has others ask so often that
    /// there is none must not slow the database as well, and is told no.
    /// </summary>
    public async Task<bool> WasAcceptedAsync(string userName, IPAddress client, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (!await _questions.WaitAsync(0, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        try
        {
            var address = SessionRows.ClientText(client);
            var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using (database.ConfigureAwait(false))
            {
                return await Granted(database, userName, since).AnyAsync(row => row.ClientAddress == address, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _questions.Release();
        }
    }

    public void Dispose() => _questions.Dispose();

    private static System.Linq.Expressions.Expression<Func<Session, bool>> At(IPAddress client, string? callingStationId)
    {
        var address = SessionRows.ClientText(client);
        return row => callingStationId != null ? row.CallingStationId == callingStationId : row.CallingStationId == null && row.ClientAddress == address;
    }

    /// <summary>A server or an administrator ended a session of the user: nobody but a server can say that access is granted again.</summary>
    private static Task<bool> IsWithdrawnAsync(GatewayDbContext database, string userName, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var user = SessionRows.UserKey(userName);
        return database.Set<Session>().AsNoTracking()
            .AnyAsync(row => row.UserKey == user && row.EndedAt >= since && (row.TerminateCause == AcctTerminateCause.AdminReset || row.TerminateCause == AcctTerminateCause.ReauthenticationFailure), cancellationToken);
    }

    private IQueryable<Session> Granted(GatewayDbContext database, string userName, DateTimeOffset oldest)
    {
        var user = SessionRows.UserKey(userName);
        return database.Set<Session>().AsNoTracking()
            .Where(row => row.UserKey == user && row.StartedAt >= oldest && row.Authentic == AcctAuthentic.Radius && (_owner == null || row.Owner == _owner));
    }
}
