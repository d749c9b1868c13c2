using System.Linq.Expressions;
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
    /// <summary>Sessions of one client that are looked at: an address that has served more people since is known for nobody.</summary>
    private const int MostCandidates = 500;

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
                var last = await FindGrantedAsync(database, userName, At(client, callingStationId), oldest, cancellationToken).ConfigureAwait(false);
                return last is null ? null : new LastAccept(last.StartedAt, last.Role) { IsWithdrawn = await IsWithdrawnAsync(database, [SessionRows.UserKey(userName), last.UserKey], last.StartedAt, cancellationToken).ConfigureAwait(false) };
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
            Expression<Func<Session, bool>> atClient = row => row.ClientAddress == address;
            var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using (database.ConfigureAwait(false))
            {
                return await FindGrantedAsync(database, userName, atClient, since, cancellationToken).ConfigureAwait(false) is not null;
            }
        }
        finally
        {
            _questions.Release();
        }
    }

    public void Dispose() => _questions.Dispose();

    private static Expression<Func<Session, bool>> At(IPAddress client, string? callingStationId)
    {
        var address = SessionRows.ClientText(client);
        return row => callingStationId != null ? row.CallingStationId == callingStationId : row.CallingStationId == null && row.ClientAddress == address;
    }

    /// <summary>
    /// A server or an administrator ended a session of the user: nobody but a server can say that access is granted again. The user is
    /// known by the name that was typed and by the one that the server returned for it.
    /// </summary>
    private static Task<bool> IsWithdrawnAsync(GatewayDbContext database, string[] users, DateTimeOffset since, CancellationToken cancellationToken) => database.Set<Session>().AsNoTracking()
        .AnyAsync(row => users.Contains(row.UserKey) && row.EndedAt >= since && (row.TerminateCause == AcctTerminateCause.AdminReset || row.TerminateCause == AcctTerminateCause.ReauthenticationFailure), cancellationToken);

    /// <summary>
    /// The last session that was granted under a name as typed, wherever that leads: a server may have returned another one. The client's
    /// sessions are few, so those with another name are compared here, in the form in which two spellings are one.
    /// </summary>
    private async Task<Granted?> FindGrantedAsync(GatewayDbContext database, string userName, Expression<Func<Session, bool>> atClient, DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        var user = SessionRows.UserKey(userName);
        var candidates = await database.Set<Session>().AsNoTracking()
            .Where(row => row.StartedAt >= oldest && row.Authentic == AcctAuthentic.Radius && (_owner == null || row.Owner == _owner))
            .Where(atClient)
            .Where(row => row.UserKey == user || row.TypedName != null)
            .OrderByDescending(row => row.StartedAt)
            .Select(row => new Granted(row.StartedAt, row.Role, row.UserKey, row.TypedName))
            .Take(MostCandidates)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return candidates.Find(row => string.Equals(row.TypedName is { } typed ? SessionRows.UserKey(typed) : row.UserKey, user, StringComparison.Ordinal));
    }

    private sealed record Granted(DateTimeOffset StartedAt, string? Role, string UserKey, string? TypedName);
}
