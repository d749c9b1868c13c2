using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Accounting;

/// <summary>
/// What was set aside, for health and the administrator's command. It works beside a gateway that runs: one that is put back is found
/// at its next look, within half a minute.
/// </summary>
public sealed class SetAsideRecords(IDbContextFactory<GatewayDbContext> contexts, GatewayIdentity identity)
{
    /// <summary>How many there are, and the first of them. Their contents are not read: they are what is damaged.</summary>
    public async Task<(int Count, IReadOnlyList<SetAsideRecord> First)> ListAsync(int most, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var rows = SetAside(database).AsNoTracking();
            var count = await rows.CountAsync(cancellationToken).ConfigureAwait(false);
            var first = await rows.OrderBy(record => record.Id).Take(most)
                .Select(record => new SetAsideRecord(record.Id, record.AcctSessionId, record.Status, record.SetAsideAt!.Value, record.SetAsideReason ?? ""))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return (count, first);
        }
    }

    /// <summary>Puts one back into the queue, after its row was repaired or the server was.</summary>
    public async Task<PutBackOutcome> PutBackAsync(long id, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var row = SetAside(database).Where(record => record.Id == id);
            var changed = await row.Where(record => record.Status != AcctStatusType.AccountingOn && record.Status != AcctStatusType.AccountingOff)
                .ExecuteUpdateAsync(set => set.SetProperty(record => record.SetAsideAt, (DateTimeOffset?)null).SetProperty(record => record.SetAsideReason, (string?)null), cancellationToken).ConfigureAwait(false);
            return changed == 1 ? PutBackOutcome.Waits
                : await row.AnyAsync(cancellationToken).ConfigureAwait(false) ? PutBackOutcome.TooLate
                : PutBackOutcome.Unknown;
        }
    }

    /// <summary>Deletes one for good. Returns false when it is not set aside.</summary>
    public async Task<bool> DiscardAsync(long id, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await SetAside(database).Where(record => record.Id == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false) == 1;
        }
    }

    private IQueryable<AccountingRecord> SetAside(GatewayDbContext database)
    {
        var owner = identity.Name;
        return database.Set<AccountingRecord>().Where(record => record.Owner == owner && record.SetAsideAt != null);
    }
}
