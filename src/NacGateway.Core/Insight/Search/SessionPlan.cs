using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Insight.Search;

/// <summary>
/// How a search is done within bounds, whatever it is for: open sessions are few enough to look at all of them; past ones are found by an
/// index where that gives few, and otherwise by a walk over the index of starts that ends after so many rows.
/// </summary>
internal sealed class SessionPlan
{
    /// <summary>Few enough to read and sort.</summary>
    public const int MostCandidates = 5_000;

    /// <summary>Rows that a walk looks at, at most: what SQLite reads, for the page and for its count, in less than a tenth of a second.</summary>
    public const int Window = 20_000;

    private SessionPlan(IQueryable<Session> rows, IQueryable<Session> rest, DateTimeOffset? edge)
    {
        Rows = rows;
        Rest = rest;
        Edge = edge;
    }

    /// <summary>The rows that match.</summary>
    public IQueryable<Session> Rows { get; }

    /// <summary>Those of them that the query's cursor leaves.</summary>
    public IQueryable<Session> Rest { get; }

    /// <summary>Start of the last session that is looked at; null where all are.</summary>
    public DateTimeOffset? Edge { get; }

    public static async Task<SessionPlan> MakeAsync(GatewayDbContext database, SessionQuery query, SessionFilter filter, Func<string, bool> isRole, CancellationToken cancellationToken)
    {
        var all = database.Set<Session>().AsNoTracking();
        var cursor = SearchCursor.Read(query.Cursor);

        // The cursor before the time asked for: of two bounds SQLite follows the first in its index, which may be a million rows further.
        var rest = After(all, query, cursor);
        if (query.IsOpenOnly)
        {
            return new SessionPlan(filter.Apply(all), filter.Apply(rest), edge: null);
        }

        foreach (var seeks in filter.Seeks(isRole))
        {
            if (await CandidatesAsync(filter.InTime(all), seeks, cancellationToken).ConfigureAwait(false) is { } ids)
            {
                return new SessionPlan(filter.Apply(all.Where(row => EF.Parameter(ids).Contains(row.Id))), filter.Apply(rest.Where(row => EF.Parameter(ids).Contains(row.Id))), edge: null);
            }
        }

        var edge = await EdgeQuery(filter.InTime(rest), query, cursor).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        var isAscending = IsAscending(query, cursor);
        return edge is { } last
            ? new SessionPlan(filter.ApplyUpTo(last, all, isAscending), filter.ApplyUpTo(last, rest, isAscending), edge)
            : new SessionPlan(filter.Apply(all), filter.Apply(rest), edge);
    }

    /// <summary>Sessions after the cursor in the order of starts, or those up to it.</summary>
    private static IQueryable<Session> After(IQueryable<Session> rows, SessionQuery query, SearchCursor? cursor)
    {
        if (cursor is not { Skip: null })
        {
            return rows;
        }

        var (at, id) = (cursor.At, cursor.Id);
        if (cursor.IsBackwards)
        {
            return IsAscending(query, cursor)
                ? rows.Where(row => row.StartedAt >= at && (row.StartedAt > at || row.Id >= id))
                : rows.Where(row => row.StartedAt <= at && (row.StartedAt < at || row.Id <= id));
        }

        return IsAscending(query, cursor)
            ? rows.Where(row => row.StartedAt >= at && (row.StartedAt > at || row.Id > id))
            : rows.Where(row => row.StartedAt <= at && (row.StartedAt < at || row.Id < id));
    }

    /// <summary>Keys of the rows that the index finds; null where those are many.</summary>
    private static async Task<IReadOnlyList<long>?> CandidatesAsync(IQueryable<Session> rows, IReadOnlyList<SessionSeek> seeks, CancellationToken cancellationToken)
    {
        HashSet<long> ids = [];
        foreach (var seek in seeks)
        {
            ids.UnionWith(await CandidateQuery(rows, seek).ToListAsync(cancellationToken).ConfigureAwait(false));
            if (ids.Count > MostCandidates)
            {
                return null;
            }
        }

        return [.. ids];
    }

    internal static IQueryable<long> CandidateQuery(IQueryable<Session> rows, SessionSeek seek) =>
        rows.Where(seek.Condition).OrderBy(seek.Column).Select(row => row.Id).Take(MostCandidates + 1);

    /// <summary>The instant up to which a walk over what the cursor leaves looks.</summary>
    internal static IQueryable<DateTimeOffset?> EdgeQuery(IQueryable<Session> rows, SessionQuery query, SearchCursor? cursor)
    {
        var starts = rows.Select(row => row.StartedAt);
        return (IsAscending(query, cursor) ? starts.Order() : starts.OrderDescending()).Skip(Window).Take(1).Select(at => (DateTimeOffset?)at);
    }

    /// <summary>Whether the walk goes from the oldest on: in the order of the list, or against it for the page before.</summary>
    private static bool IsAscending(SessionQuery query, SearchCursor? cursor) =>
        query.Sort == SessionSort.Started && query.IsDescending == (cursor?.IsBackwards == true);
}
