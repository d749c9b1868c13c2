using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>Rebuilds the table from the database, before any listener opens.</summary>
public sealed partial class SessionRestore(IDbContextFactory<GatewayDbContext> contexts, GatewayIdentity identity, SessionTable table, TimeProvider time, ILogger<SessionRestore> log)
{
    /// <summary>Rows of one query, where not all can be read at once.</summary>
    private const int Together = 128;

    private readonly List<string> _damaged = [];
    private readonly Dictionary<SessionLimits, SessionLimits> _limits = [];
    private readonly Dictionary<string, string> _servers = new(StringComparer.Ordinal);

    /// <summary>Open sessions whose rows make no session any more, some of which cannot even be read.</summary>
    internal IReadOnlyList<string> Damaged => _damaged;

    /// <summary>Reads all open sessions of this gateway. Those whose time ran out meanwhile are read too: the gate does not know them, and the sweeper ends them.</summary>
    /// <returns>How many there are.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var owner = identity.Name;
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            await AdoptAsync(database, owner, cancellationToken).ConfigureAwait(false);
            var open = database.Set<Session>().AsNoTracking().Where(row => row.EndedAt == null && row.Owner == owner);
            try
            {
                await foreach (var row in open.AsAsyncEnumerable().WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    Take(row);
                }
            }
            catch (Exception exception) when (RowDamage.Is(exception))
            {
                await ReadInPartsAsync(open, cancellationToken).ConfigureAwait(false);
            }
        }

        _limits.Clear();
        _servers.Clear();
        Log.Restored(log, table.Count, time.GetElapsedTime(started).TotalMilliseconds);
        return table.Count;
    }

    /// <summary>Finds the rows that cannot be read: only the keys of all, then some at a time, and one by one where some of those cannot be.</summary>
    private async Task ReadInPartsAsync(IQueryable<Session> open, CancellationToken cancellationToken)
    {
        _damaged.Clear();
        var keys = await open.Select(row => new { row.Id, row.AcctSessionId }).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var some in keys.Chunk(Together))
        {
            if (await TryReadAsync(open, [.. some.Select(key => key.Id)], cancellationToken).ConfigureAwait(false) is null)
            {
                continue;
            }

            foreach (var key in some)
            {
                if (await TryReadAsync(open, [key.Id], cancellationToken).ConfigureAwait(false) is { } damage)
                {
                    SetAside(key.AcctSessionId, damage);
                }
            }
        }
    }

    /// <summary>Takes these rows, or none.</summary>
    /// <returns>What is the matter with one of them; null when they were taken.</returns>
    private async Task<Exception?> TryReadAsync(IQueryable<Session> open, long[] ids, CancellationToken cancellationToken)
    {
        try
        {
            (await open.Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken).ConfigureAwait(false)).ForEach(Take);
            return null;
        }
        catch (Exception exception) when (RowDamage.Is(exception))
        {
            return exception;
        }
    }

    private void Take(Session row)
    {
        try
        {
            table.Put(SessionRows.ToActive(row, time, Shared(_limits, SessionRows.Limits(row)), Shared(_servers, row.ServerName)));
        }
        catch (Exception exception) when (RowDamage.Is(exception))
        {
            SetAside(row.AcctSessionId, exception);
        }
    }

    private void SetAside(string acctSessionId, Exception damage)
    {
        _damaged.Add(acctSessionId);
        Log.Damaged(log, acctSessionId, damage.Message);
    }

    /// <summary>A SQLite file has one gateway: what that opened under an earlier name is still its own, or nobody would ever end it, nor report it.</summary>
    private static async Task AdoptAsync(GatewayDbContext database, string owner, CancellationToken cancellationToken)
    {
        if (!WriteLocks.IsShared(database))
        {
            await database.Set<Session>().Where(row => row.EndedAt == null && row.Owner != owner)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Owner, owner), cancellationToken).ConfigureAwait(false);
            await database.Set<AccountingRecord>().Where(record => record.Owner != owner)
                .ExecuteUpdateAsync(set => set.SetProperty(record => record.Owner, owner), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Most sessions have the same few limits and servers; one object for all equal ones.</summary>
    private static T Shared<T>(Dictionary<T, T> known, T value)
        where T : notnull
    {
        if (!known.TryGetValue(value, out var shared))
        {
            known[value] = shared = value;
        }

        return shared;
    }

    private static partial class Log
    {
        [LoggerMessage(2011, LogLevel.Error, "Session {AcctSessionId} cannot be restored, its row is damaged: {Reason} It is ended.")]
        public static partial void Damaged(ILogger logger, string acctSessionId, string reason);

        [LoggerMessage(2010, LogLevel.Information, "{Count} open sessions restored from the database in {Milliseconds:0} ms")]
        public static partial void Restored(ILogger logger, int count, double milliseconds);
    }
}
