using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Insight.Search;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Insight.Decisions;

/// <summary>
/// Finds decisions in the database, newest first. What an index finds by itself is found by it, where that gives few; otherwise by a walk
/// over the index of instants that ends after so many. Every question is bounded. Safe for concurrent use.
/// </summary>
public sealed class DecisionSearch(IDbContextFactory<GatewayDbContext> contexts, TimeProvider time)
{
    /// <summary>Few enough to read and sort.</summary>
    internal const int MostCandidates = 2_000;

    /// <summary>Rows that a walk looks at, at most.</summary>
    internal const int Window = 50_000;

    private const int MostCounted = 10_000;
    private const int MostRelated = 20;
    private const int MostEvents = 50;

    /// <summary>Columns of a list: all but what was said with the server and how the client came, which are large.</summary>
    internal static readonly Expression<Func<PolicyDecision, PolicyDecision>> Columns = row => new PolicyDecision
    {
        Id = row.Id,
        At = row.At,
        AcctSessionId = row.AcctSessionId,
        UserName = row.UserName,
        PolicyVersion = row.PolicyVersion,
        Rule = row.Rule,
        Role = row.Role,
        IsGranted = row.IsGranted,
        Words = row.Words,
        UserKey = row.UserKey,
        ClientAddress = row.ClientAddress,
        CallingStationId = row.CallingStationId,
        Outcome = row.Outcome,
        Reference = row.Reference,
        ServerName = row.ServerName,
        ElapsedMilliseconds = row.ElapsedMilliseconds,
        ReplyMessage = row.ReplyMessage,
    };

    /// <summary>A page of what matches.</summary>
    public async Task<DecisionPage> FindAsync(DecisionQuery query, CancellationToken cancellationToken, bool counts = false)
    {
        ArgumentNullException.ThrowIfNull(query);
        List<string> notices = [.. query.Notices];
        var cursor = SearchCursor.Read(query.After);
        if (query.After is not null && cursor is not { Skip: null })
        {
            notices.Add("'after' is none of this list; it begins with the newest.");
            cursor = null;
        }

        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var (matches, edge) = await PlanAsync(database, query, cursor, cancellationToken).ConfigureAwait(false);
            var rows = await PageQuery(matches, cursor).Take(query.Size + 1).Select(Columns).ToListAsync(cancellationToken).ConfigureAwait(false);
            var count = counts ? await matches.OrderByDescending(row => row.At).Select(_ => 1).Take(MostCounted + 1).CountAsync(cancellationToken).ConfigureAwait(false) : (int?)null;
            var page = rows.Take(query.Size).ToList();
            var isBackwards = cursor is { IsBackwards: true };
            var further = rows.Count <= query.Size ? null : isBackwards ? rows[query.Size] : page[^1];
            var stopped = further is null ? edge : null;
            if (isBackwards)
            {
                page.Reverse();
            }

            (DateTimeOffset, long)? border = further is null ? null : (further.At, further.Id);
            var previous = SearchCursor.Previous(cursor, border)?.ToString();
            return new DecisionPage
            {
                Rows = page,
                Next = SearchCursor.Next(cursor, border, stopped is { } at ? (at, 0) : null)?.ToString(),
                Previous = previous,
                IsCutOff = isBackwards && previous is null && (cursor is { HasStopped: true } || stopped is not null),
                Count = count is null ? null : Math.Min(count.Value, MostCounted),
                IsExact = count <= MostCounted && edge is null,
                SearchedTo = isBackwards ? null : stopped,
                Notices = notices,
            };
        }
    }

    /// <summary>One decision with all that is kept of it, and what belongs to it; null when there is none of that number.</summary>
    public async Task<DecisionFile?> FindAsync(long id, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            if (await database.Set<PolicyDecision>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken).ConfigureAwait(false) is not { } decision)
            {
                return null;
            }

            var session = decision.AcctSessionId;
            if (session.Length == 0)
            {
                return new DecisionFile(decision, [], [], HasSession: false);
            }

            var related = await database.Set<PolicyDecision>().AsNoTracking().Where(row => row.AcctSessionId == session && row.Id != id)
                .OrderBy(row => row.Id).Take(MostRelated).Select(Columns).ToListAsync(cancellationToken).ConfigureAwait(false);
            var events = await database.Set<SessionEvent>().AsNoTracking().Where(line => line.AcctSessionId == session).OrderBy(line => line.Id).Take(MostEvents).ToListAsync(cancellationToken).ConfigureAwait(false);
            var hasSession = await database.Set<Session>().AsNoTracking().AnyAsync(row => row.AcctSessionId == session, cancellationToken).ConfigureAwait(false);
            return new DecisionFile(decision, related, events, hasSession);
        }
    }

    /// <summary>Key of the newest decision; 0 for none.</summary>
    public async Task<long> NewestAsync(CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await database.Set<PolicyDecision>().MaxAsync(row => (long?)row.Id, cancellationToken).ConfigureAwait(false) ?? 0;
        }
    }

    /// <summary>How many that match were made after one, counted up to a bound.</summary>
    public async Task<int> CountNewAsync(DecisionQuery query, long after, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var newer = database.Set<PolicyDecision>().AsNoTracking().Where(row => row.Id > after);
            return await new DecisionFilter(query, time.GetUtcNow()).Apply(newer).OrderBy(row => row.Id).Select(_ => 1).Take(most).CountAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The rows that match, and the instant of the last that is looked at; null where all are.</summary>
    internal async Task<(IQueryable<PolicyDecision> Rows, DateTimeOffset? Edge)> PlanAsync(GatewayDbContext database, DecisionQuery query, SearchCursor? cursor, CancellationToken cancellationToken)
    {
        var filter = new DecisionFilter(query, time.GetUtcNow());
        var all = database.Set<PolicyDecision>().AsNoTracking();
        foreach (var seeks in filter.Seeks())
        {
            if (await CandidatesAsync(filter.InTime(all), seeks, cancellationToken).ConfigureAwait(false) is { } ids)
            {
                return (filter.Apply(all.Where(row => EF.Parameter(ids).Contains(row.Id))), null);
            }
        }

        var edge = await EdgeQuery(filter.InTime(After(all, cursor)), cursor).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        var rows = filter.Apply(all);
        return (edge is not { } last ? rows : cursor is { IsBackwards: true } ? rows.Where(row => row.At <= last) : rows.Where(row => row.At >= last), edge);
    }

    internal static IQueryable<PolicyDecision> PageQuery(IQueryable<PolicyDecision> rows, SearchCursor? cursor) =>
        cursor is { IsBackwards: true } ? After(rows, cursor).OrderBy(row => row.At).ThenBy(row => row.Id) : After(rows, cursor).OrderByDescending(row => row.At).ThenByDescending(row => row.Id);

    internal static IQueryable<long> CandidateQuery(IQueryable<PolicyDecision> rows, DecisionSeek seek) =>
        rows.Where(seek.Condition).OrderBy(seek.Column).Select(row => row.Id).Take(MostCandidates + 1);

    /// <summary>The instant up to which a walk over what the cursor leaves looks.</summary>
    internal static IQueryable<DateTimeOffset?> EdgeQuery(IQueryable<PolicyDecision> rows, SearchCursor? cursor)
    {
        var instants = rows.Select(row => row.At);
        return (cursor is { IsBackwards: true } ? instants.Order() : instants.OrderDescending()).Skip(Window).Take(1).Select(at => (DateTimeOffset?)at);
    }

    private static IQueryable<PolicyDecision> After(IQueryable<PolicyDecision> rows, SearchCursor? cursor)
    {
        if (cursor is null)
        {
            return rows;
        }

        var (at, id) = (cursor.At, cursor.Id);
        return cursor.IsBackwards ? rows.Where(row => row.At >= at && (row.At > at || row.Id >= id)) : rows.Where(row => row.At <= at && (row.At < at || row.Id < id));
    }

    /// <summary>Keys of the rows that the index finds; null where those are many.</summary>
    private static async Task<IReadOnlyList<long>?> CandidatesAsync(IQueryable<PolicyDecision> rows, IReadOnlyList<DecisionSeek> seeks, CancellationToken cancellationToken)
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
}
