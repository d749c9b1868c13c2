using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Insight.Search;

/// <summary>
/// Finds sessions, open and past, in the database, and completes what this gateway's memory knows better. Every question is bounded. Safe for
/// concurrent use.
/// </summary>
public sealed class SessionSearch(IDbContextFactory<GatewayDbContext> contexts, GatewayIdentity identity, SessionTable table, PolicyBook policies, TimeProvider time)
{
    /// <summary>Rows of a stream that are in memory at once.</summary>
    private const int Together = 2_000;

    private readonly SessionRowReading _reading = new(table, identity.Name, time);

    /// <summary>A page of what matches.</summary>
    public async Task<SessionPage> FindAsync(SessionQuery query, CancellationToken cancellationToken, bool counts = true)
    {
        ArgumentNullException.ThrowIfNull(query);
        List<string> notices = [.. query.Notices];
        var cursor = SearchCursor.Read(query.Cursor);
        if (query.Cursor is not null && (cursor is null || (cursor.Skip is null && query.Sort != SessionSort.Started)))
        {
            notices.Add("The cursor is none of this list; it begins anew.");
            (cursor, query) = (null, query with { Cursor = null });
        }

        if (cursor is null && (long)query.Page * query.Size > SessionQuery.MostByNumber)
        {
            notices.Add($"Pages go to the {SessionQuery.MostByNumber:N0}th session; make the search narrower to see others. This is the first page.");
            query = query with { Page = 1 };
        }

        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var plan = await PlanAsync(database, query, cancellationToken).ConfigureAwait(false);
            if (plan.Edge is not null && query.Sort != SessionSort.Started)
            {
                notices.Add($"More sessions match than can be sorted by {query.Sort.ToString().ToLowerInvariant()}: they are sorted by their start. Make the search narrower.");
                (query, cursor) = (query with { Sort = SessionSort.Started, IsDescending = true }, null);
            }

            var skip = cursor?.Skip ?? (cursor is null ? (query.Page - 1) * query.Size : 0);
            var rows = await PageQuery(plan, query, cursor).Skip(skip).Take(query.Size + 1).Select(SessionRowReading.Columns).ToListAsync(cancellationToken).ConfigureAwait(false);

            // A page by number that is not full says itself how many there are: the walk is not made a second time for what it has found.
            var isLast = cursor is null or { Skip: not null } && rows.Count <= query.Size && (rows.Count > 0 || skip == 0);
            var count = !counts ? (int?)null : isLast ? skip + rows.Count : await CountQuery(plan).CountAsync(cancellationToken).ConfigureAwait(false);
            var page = rows.Take(query.Size).Select(_reading.Complete).ToList();
            var isBackwards = cursor is { IsBackwards: true };
            var further = rows.Count <= query.Size ? null : isBackwards ? rows[query.Size] : page[^1];
            var stopped = further is null ? plan.Edge : null;
            if (isBackwards)
            {
                page.Reverse();
            }

            var previous = Previous(query, cursor, further);
            return new SessionPage
            {
                Rows = page,
                Next = Next(query, cursor, further, skip, stopped),
                Previous = previous,
                IsCutOff = isBackwards && previous is null && (cursor is { HasStopped: true } || stopped is not null),
                IsWalk = plan.Edge is not null,
                Count = count is null ? null : Math.Min(count.Value, SessionQuery.MostByNumber),
                IsExact = count <= SessionQuery.MostByNumber && plan.Edge is null,
                SearchedTo = isBackwards ? null : stopped,
                Sort = query.Sort,
                Notices = notices,
            };
        }
    }

    /// <summary>All that match, newest first, however many: a few thousand at a time, and no question to the database lasts.</summary>
    public async IAsyncEnumerable<SessionRow> StreamAsync(SessionQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var some = query with { Sort = SessionSort.Started, IsDescending = true, Size = Together, Page = 1, Cursor = null };
        do
        {
            var page = await FindAsync(some, cancellationToken, counts: false).ConfigureAwait(false);
            foreach (var row in page.Rows)
            {
                yield return row;
            }

            some = some with { Cursor = page.Next };
        }
        while (some.Cursor is not null);
    }

    /// <summary>The session of an Acct-Session-Id; null where there is none.</summary>
    public async Task<SessionRow?> FindAsync(string acctSessionId, CancellationToken cancellationToken) =>
        await FindAsync([acctSessionId], cancellationToken).ConfigureAwait(false) is [var row, ..] ? row : null;

    /// <summary>The sessions of some Acct-Session-Ids, those that there are.</summary>
    public async Task<IReadOnlyList<SessionRow>> FindAsync(IReadOnlyList<string> acctSessionIds, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var rows = await database.Set<Session>().AsNoTracking().Where(row => EF.Parameter(acctSessionIds).Contains(row.AcctSessionId))
                .Select(SessionRowReading.Columns).ToListAsync(cancellationToken).ConfigureAwait(false);
            return rows.ConvertAll(_reading.Complete);
        }
    }

    /// <summary>A row as memory knows it now.</summary>
    public SessionRow Refresh(SessionRow row) => _reading.Complete(row);

    internal async Task<SessionPlan> PlanAsync(GatewayDbContext database, SessionQuery query, CancellationToken cancellationToken)
    {
        var states = await SessionStateConditions.OfAsync(database, query, identity.Name, table, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return await SessionPlan.MakeAsync(database, query, new SessionFilter(query, states), IsRole, cancellationToken).ConfigureAwait(false);
    }

    internal static IQueryable<Session> PageQuery(SessionPlan plan, SessionQuery query, SearchCursor? cursor) =>
        SessionOrder.Apply(cursor is null ? plan.Rows : plan.Rest, query.Sort, query.IsDescending != (cursor is { IsBackwards: true }));

    /// <summary>In the order of the walk: the planner then takes the same index, and not the whole table.</summary>
    internal static IQueryable<int> CountQuery(SessionPlan plan) =>
        plan.Rows.OrderByDescending(row => row.StartedAt).Select(_ => 1).Take(SessionQuery.MostByNumber + 1);

    private bool IsRole(string word) => policies.Current.TryFindRole(word, out _);

    private static string? Previous(SessionQuery query, SearchCursor? cursor, SessionRow? further) =>
        (cursor?.Skip is > 0 and var skip ? SearchCursor.After(Math.Max(0, skip - query.Size)) : SearchCursor.Previous(cursor, further is null ? null : (further.StartedAt, further.Id)))?.ToString();

    private static string? Next(SessionQuery query, SearchCursor? cursor, SessionRow? last, int skip, DateTimeOffset? stopped)
    {
        if (query.Sort != SessionSort.Started)
        {
            return last is not null && skip + query.Size < SessionQuery.MostByNumber ? SearchCursor.After(skip + query.Size).ToString() : null;
        }

        // Those that began at the very instant where it stopped have been looked at, too.
        return SearchCursor.Next(cursor, last is null ? null : (last.StartedAt, last.Id), stopped is { } at ? (at, query.IsDescending ? 0 : long.MaxValue) : null)?.ToString();
    }
}
