using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Accounting;

/// <summary>The rows of the outbox that this gateway has to deliver. Reads beside the writer, writes by it.</summary>
internal sealed class OutboxStore(IDbContextFactory<GatewayDbContext> contexts, GatewayWriter writer, TimeProvider time)
{
    private readonly string _owner = writer.Identity.Name;

    /// <summary>Rows that wait, behind an id.</summary>
    public async Task<OutboxPage> ReadAsync(long after, int most, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            List<AccountingRecord> records = [];
            List<(long Id, string Reason)> damaged = [];
            var page = Waiting(database).Where(record => record.Id > after).OrderBy(record => record.Id).Take(most);
            try
            {
                records = await page.AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (RowDamage.Is(exception))
            {
                foreach (var id in await page.Select(record => record.Id).ToListAsync(cancellationToken).ConfigureAwait(false))
                {
                    await ReadAsync(database, id, records, damaged, cancellationToken).ConfigureAwait(false);
                }
            }

            var seen = records.Count + damaged.Count;
            var last = Math.Max(records.Count == 0 ? after : records[^1].Id, damaged.Count == 0 ? after : damaged[^1].Id);
            damaged.AddRange(records.Select(record => (record.Id, Reason: RecordPacket.Problem(record)!)).Where(row => row.Reason is not null));
            var bad = damaged.Select(row => row.Id).ToHashSet();
            return new OutboxPage([.. records.Where(record => !bad.Contains(record.Id))], damaged, last, seen < most);
        }
    }

    /// <summary>Takes out what is settled, and notes in the same transaction to whom it was delivered.</summary>
    public Task<WriteStatus> DeleteAsync(SettledRecord[] settled, CancellationToken cancellationToken)
    {
        var ids = Array.ConvertAll(settled, record => record.Id);
        return writer.WriteAsync(
            async (database, ct) =>
            {
                await database.Set<AccountingRecord>().Where(record => ids.Contains(record.Id)).ExecuteDeleteAsync(ct).ConfigureAwait(false);
                foreach (var record in settled)
                {
                    if (record.Delivery is { } delivery)
                    {
                        database.Append(delivery);
                    }
                }
            },
            cancellationToken);
    }

    /// <summary>Takes damaged rows out of the queue, with the reason.</summary>
    public Task<WriteStatus> SetAsideAsync(IReadOnlyList<(long Id, string Reason)> rows, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        return writer.WriteAsync(
            async (database, ct) =>
            {
                foreach (var (id, reason) in rows)
                {
                    await database.Set<AccountingRecord>().Where(record => record.Id == id).ExecuteUpdateAsync(
                        set => set.SetProperty(record => record.SetAsideAt, at).SetProperty(record => record.SetAsideReason, reason), ct).ConfigureAwait(false);
                }
            },
            cancellationToken);
    }

    /// <summary>How many wait, and when the first of them happened.</summary>
    public async Task<(int Waiting, DateTimeOffset? OldestAt)> CountAsync(CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var waiting = await Waiting(database).CountAsync(cancellationToken).ConfigureAwait(false);
            return (waiting, waiting == 0 ? null : await OldestAsync(database, cancellationToken).ConfigureAwait(false));
        }
    }

    private async Task<DateTimeOffset?> OldestAsync(GatewayDbContext database, CancellationToken cancellationToken)
    {
        try
        {
            return await Waiting(database).OrderBy(record => record.Id).Select(record => (DateTimeOffset?)record.EventAt).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (RowDamage.Is(exception))
        {
            // Its row is damaged, and not set aside yet; who delivers comes across it and says so.
            return null;
        }
    }

    private IQueryable<AccountingRecord> Waiting(GatewayDbContext database)
    {
        var owner = _owner;
        return database.Set<AccountingRecord>().Where(record => record.Owner == owner && record.SetAsideAt == null);
    }

    /// <summary>One row that may be the one whose columns cannot be read.</summary>
    private static async Task ReadAsync(GatewayDbContext database, long id, List<AccountingRecord> records, List<(long Id, string Reason)> damaged, CancellationToken cancellationToken)
    {
        try
        {
            records.AddRange(await database.Set<AccountingRecord>().AsNoTracking().Where(record => record.Id == id).ToListAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (RowDamage.Is(exception))
        {
            damaged.Add((id, $"its row cannot be read: {exception.GetBaseException().Message}"));
        }
    }
}
