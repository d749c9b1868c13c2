using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Insight.DryRun;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Insight.Acts;

/// <summary>What its server granted a session at the sign-in: it counts again when the role that made it stricter goes.</summary>
internal sealed class GrantedLimits(IDbContextFactory<GatewayDbContext> contexts, SessionTerms terms)
{
    /// <summary>The limits as sent; null where the record is not kept, or cannot be read.</summary>
    public async Task<SessionLimits?> FindAsync(ActiveSession session, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var id = session.AcctSessionId;
            var exchange = await database.Set<PolicyDecision>().AsNoTracking()
                .Where(decision => decision.AcctSessionId == id && decision.IsGranted)
                .OrderByDescending(decision => decision.Id)
                .Select(decision => decision.Exchange)
                .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return KeptAccept.TryRead(exchange, out var accept, out _) && AuthorizationMapper.TryMap(accept, terms.Of(session.StartedAt), out var granted, out _) ? granted.Sent : null;
        }
    }
}
