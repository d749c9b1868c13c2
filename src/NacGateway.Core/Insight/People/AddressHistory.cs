using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Insight.Search;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Insight.People;

/// <summary>Answers who had an address when, in one question to the database that an index answers. Safe for concurrent use.</summary>
public sealed class AddressHistory(IDbContextFactory<GatewayDbContext> contexts, GatewayIdentity identity, SessionTable table, TimeProvider time)
{
    private const int MostHolders = 10;

    private readonly SessionRowReading _reading = new(table, identity.Name, time);

    /// <summary>Who had an address at a moment, and who before and after.</summary>
    /// <param name="address">The address in any spelling: an IPv4-mapped one is the IPv4 address.</param>
    /// <param name="at">The moment.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<AddressAnswer> FindAsync(ClientKey address, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var moment = at.ToUniversalTime();
            var rows = await Question(database, address.ToString(), moment).Select(SessionRowReading.Columns).ToListAsync(cancellationToken).ConfigureAwait(false);
            var complete = rows.ConvertAll(_reading.Complete);
            return new AddressAnswer(
                address.ToString(),
                moment,
                [.. complete.Where(row => row.StartedAt <= moment && !(row.EndedAt <= moment)).OrderByDescending(row => row.StartedAt)],
                complete.Find(row => row.StartedAt <= moment && row.EndedAt <= moment),
                complete.Find(row => row.StartedAt > moment));
        }
    }

    /// <summary>Those that had it, the last before and the first after: three seeks in one statement.</summary>
    internal static IQueryable<Session> Question(GatewayDbContext database, string address, DateTimeOffset at)
    {
        var all = database.Set<Session>().AsNoTracking().Where(row => row.ClientAddress == address);
        return all.Where(row => row.StartedAt <= at && (row.EndedAt == null || row.EndedAt > at)).OrderByDescending(row => row.StartedAt).Take(MostHolders)
            .Concat(all.Where(row => row.StartedAt <= at && row.EndedAt <= at).OrderByDescending(row => row.StartedAt).Take(1))
            .Concat(all.Where(row => row.StartedAt > at).OrderBy(row => row.StartedAt).Take(1));
    }
}
