using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Audit;

/// <summary>The newest lines of the audit trail. Safe for concurrent use.</summary>
public sealed class RecentActs(IDbContextFactory<GatewayDbContext> contexts)
{
    /// <summary>So many lines, the newest first.</summary>
    public async Task<IReadOnlyList<AuditRecord>> ReadAsync(int most, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<AuditRecord>().AsNoTracking().OrderByDescending(line => line.Sequence).Take(most).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Place of the newest line; 0 before the first.</summary>
    public async Task<long> NewestAsync(CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<AuditRecord>().Select(line => (long?)line.Sequence).MaxAsync(cancellationToken).ConfigureAwait(false) ?? 0;
        }
    }
}
