using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>Reads the State of a session, which is needed once in its life and not kept in memory (RFC 2865 section 5.24).</summary>
internal sealed class SessionStates(IDbContextFactory<GatewayDbContext> contexts)
{
    /// <summary>State that the server gave for asking it again; null when it gave none.</summary>
    public async Task<byte[]?> FindAsync(string acctSessionId, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<Session>().Where(row => row.AcctSessionId == acctSessionId).Select(row => row.State).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
