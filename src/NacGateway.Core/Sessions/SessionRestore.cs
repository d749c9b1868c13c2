using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>Rebuilds the table from the database, before any listener opens.</summary>
public sealed partial class SessionRestore(IDbContextFactory<GatewayDbContext> contexts, GatewayIdentity identity, SessionTable table, TimeProvider time, ILogger<SessionRestore> log)
{
    private readonly List<string> _damaged = [];

    /// <summary>Open sessions whose rows make no session any more.</summary>
    internal IReadOnlyList<string> Damaged => _damaged;

    /// <summary>Reads all open sessions of this gateway. Those whose time ran out meanwhile are read too: the gate does not know them, and the sweeper ends them.</summary>
    /// <returns>How many there are.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var limits = new Dictionary<SessionLimits, SessionLimits>();
        var servers = new Dictionary<string, string>(StringComparer.Ordinal);
        var count = 0;
        var owner = identity.Name;
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            await AdoptAsync(database, owner, cancellationToken).ConfigureAwait(false);
            var open = database.Set<Session>().AsNoTracking().Where(row => row.EndedAt == null && row.Owner == owner).AsAsyncEnumerable();
            await foreach (var row in open.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (!IPAddress.TryParse(row.ClientAddress, out _))
                {
                    _damaged.Add(row.AcctSessionId);
                    Log.Damaged(log, row.AcctSessionId, row.ClientAddress);
                    continue;
                }

                table.Put(SessionRows.ToActive(row, time, Shared(limits, SessionRows.Limits(row)), Shared(servers, row.ServerName)));
                count++;
            }
        }

        Log.Restored(log, count, time.GetElapsedTime(started).TotalMilliseconds);
        return count;
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
        [LoggerMessage(2011, LogLevel.Error, "Session {AcctSessionId} cannot be restored: '{Client}' is no client address. It is ended.")]
        public static partial void Damaged(ILogger logger, string acctSessionId, string client);

        [LoggerMessage(2010, LogLevel.Information, "{Count} open sessions restored from the database in {Milliseconds:0} ms")]
        public static partial void Restored(ILogger logger, int count, double milliseconds);
    }
}
