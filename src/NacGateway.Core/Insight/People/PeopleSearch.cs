using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Insight.Search;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Insight.People;

/// <summary>
/// Finds people, devices and addresses by how they begin. It goes along an index from one name to the next, so that someone with a hundred
/// thousand sessions costs as much as someone with one. Safe for concurrent use.
/// </summary>
public sealed class PeopleSearch(IDbContextFactory<GatewayDbContext> contexts, GatewayIdentity identity, SessionTable table, TimeProvider time)
{
    /// <summary>How many of each kind are found at most.</summary>
    public const int Most = 20;

    private const int LookedAt = 400;

    private readonly SessionRowReading _reading = new(table, identity.Name, time);

    /// <summary>Who begins like this.</summary>
    /// <param name="text">The beginning of a name, MAC address or address, as typed.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<FoundPeople> FindAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = CleanText.Of(text).Trim();
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var sessions = database.Set<Session>().AsNoTracking();
            var people = await PeopleAsync(database, TextRange.Of(SessionRows.UserKey(clean)), cancellationToken).ConfigureAwait(false);
            List<Found> devices = [], addresses = [];
            if (StationText.TryRead(clean, out var station, out _))
            {
                var keys = await WalkAsync(Column(sessions, TextRange.Of(station), row => row.CallingStationId), cancellationToken).ConfigureAwait(false);
                foreach (var key in keys)
                {
                    devices.Add(new Found(key, await NewestAsync(sessions.Where(row => row.CallingStationId == key), cancellationToken).ConfigureAwait(false)));
                }
            }

            if (clean.Length > 0 && clean.All(c => char.IsAsciiHexDigit(c) || c is '.' or ':'))
            {
                var keys = await WalkAsync(Column(sessions, TextRange.Of(AddressText.Whole(clean) ?? clean.ToLowerInvariant()), row => row.ClientAddress), cancellationToken).ConfigureAwait(false);
                foreach (var key in keys)
                {
                    addresses.Add(new Found(key, await NewestAsync(sessions.Where(row => row.ClientAddress == key), cancellationToken).ConfigureAwait(false)));
                }
            }

            return new FoundPeople([.. people.Take(Most)], [.. devices.Take(Most)], [.. addresses.Take(Most)], people.Count > Most || devices.Count > Most || addresses.Count > Most);
        }
    }

    /// <summary>Whose sessions began last.</summary>
    public async Task<IReadOnlyList<Found>> LatestAsync(CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var rows = await database.Set<Session>().AsNoTracking().OrderByDescending(row => row.StartedAt).Take(LookedAt).Select(SessionRowReading.Columns).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. rows.DistinctBy(row => SessionRows.UserKey(row.UserName), StringComparer.Ordinal).Take(Most).Select(row => new Found(row.UserName, _reading.Complete(row)))];
        }
    }

    internal static IQueryable<string?> Column(IQueryable<Session> rows, TextRange range, System.Linq.Expressions.Expression<Func<Session, string?>> column) => rows.Where(range.On(column)).Select(column);

    /// <summary>The next name after one.</summary>
#pragma warning disable CA1309 // The database does it, by octets, and knows no kinds of comparison.
    internal static IQueryable<string?> Next(IQueryable<string?> column, string last) => column.Where(key => string.Compare(key, last) > 0).OrderBy(key => key).Take(1);
#pragma warning restore CA1309

    private async Task<List<Found>> PeopleAsync(GatewayDbContext database, TextRange range, CancellationToken cancellationToken)
    {
        var sessions = database.Set<Session>().AsNoTracking();
        var decisions = database.Set<PolicyDecision>().AsNoTracking();
        var signedIn = await WalkAsync(Column(sessions, range, row => row.UserKey), cancellationToken).ConfigureAwait(false);
        var tried = await WalkAsync(decisions.Where(range.On<PolicyDecision>(row => row.UserKey)).Select(row => row.UserKey), cancellationToken).ConfigureAwait(false);
        List<Found> found = [];
        foreach (var key in signedIn.Union(tried, StringComparer.Ordinal).Where(key => key.Length > 0).Order(StringComparer.Ordinal).Take(Most + 1))
        {
            if (await NewestAsync(sessions.Where(row => row.UserKey == key), cancellationToken).ConfigureAwait(false) is { } last)
            {
                found.Add(new Found(last.UserName, last));
            }
            else if (await decisions.Where(row => row.UserKey == key).OrderByDescending(row => row.At).Select(row => new { row.UserName, row.At }).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false) is { } attempt)
            {
                found.Add(new Found(attempt.UserName, Last: null, attempt.At));
            }
        }

        return found;
    }

    private async Task<SessionRow?> NewestAsync(IQueryable<Session> rows, CancellationToken cancellationToken) =>
        await rows.OrderByDescending(row => row.StartedAt).Select(SessionRowReading.Columns).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false) is { } row ? _reading.Complete(row) : null;

    private static async Task<List<string>> WalkAsync(IQueryable<string?> column, CancellationToken cancellationToken)
    {
        List<string> keys = [];
        while (keys.Count <= Most && await Next(column, keys.Count == 0 ? "" : keys[^1]).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false) is { } key)
        {
            keys.Add(key);
        }

        return keys;
    }
}
