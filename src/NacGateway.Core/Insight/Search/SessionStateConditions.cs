using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Insight.Search;

/// <summary>What <see cref="SessionStateRule"/> means for rows of the database at one moment.</summary>
internal sealed class SessionStateConditions
{
    private const int MostIntervals = 16;

    private readonly Expression<Func<Session, bool>> _stale;
    private readonly Expression<Func<Session, bool>> _idle;

    private SessionStateConditions(DateTimeOffset now, string owner, IReadOnlyList<long> lost, IEnumerable<long?> intervals)
    {
        Now = now;
        var quietSince = now - SessionStateRule.IdleAfter;
        _idle = row => (row.ActiveAt != null && row.ActiveAt <= quietSince) || (row.ActiveAt == null && row.StartedAt <= quietSince);
        Expression<Func<Session, bool>> isLost = row => row.Owner == owner && EF.Parameter(lost).Contains(row.Id);
        _stale = Conditions.Any([.. intervals.Select(interval => Unreported(owner, interval, now)), .. lost.Count == 0 ? [] : new[] { isLost }]);
    }

    /// <summary>The moment.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Asks what must be known for this search; most need nothing.</summary>
    public static async Task<SessionStateConditions> OfAsync(GatewayDbContext database, SessionQuery query, string owner, SessionTable table, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!query.States.Any(state => state is SessionStateFilter.Active or SessionStateFilter.Idle or SessionStateFilter.Stale))
        {
            return new SessionStateConditions(now, owner, [], []);
        }

        var open = database.Set<Session>().AsNoTracking().Where(row => row.EndedAt == null);
        var intervals = await open.Where(row => row.Owner != owner).Select(row => row.InterimInterval).Distinct().OrderBy(interval => interval).Take(MostIntervals).ToListAsync(cancellationToken).ConfigureAwait(false);

        // As many as memory holds are those that it holds: one question that an index answers, instead of one for each.
        var own = open.Where(row => row.Owner == owner);
        List<long> lost = [];
        if (await own.CountAsync(cancellationToken).ConfigureAwait(false) > table.Count)
        {
            await foreach (var row in own.Select(row => new { row.Id, row.AcctSessionId }).AsAsyncEnumerable().WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (!table.TryFind(row.AcctSessionId, out _))
                {
                    lost.Add(row.Id);
                }
            }
        }

        return new SessionStateConditions(now, owner, lost, intervals);
    }

    public Expression<Func<Session, bool>> Of(SessionStateFilter state) => state switch
    {
        SessionStateFilter.Open => row => row.EndedAt == null,
        SessionStateFilter.Ended => row => row.EndedAt != null,
        SessionStateFilter.Stale => Conditions.All(row => row.EndedAt == null, _stale),
        SessionStateFilter.Idle => Conditions.All(row => row.EndedAt == null, _stale.Not(), _idle),
        _ => Conditions.All(row => row.EndedAt == null, _stale.Not(), _idle.Not()),
    };

    private static Expression<Func<Session, bool>> Unreported(string owner, long? interval, DateTimeOffset now)
    {
        var since = now - (SessionStateRule.MissedIntervals * (interval is { } seconds ? TimeSpan.FromSeconds(seconds) : SessionStateRule.UsualInterval));
        return row => row.Owner != owner && row.InterimInterval == interval
            && ((row.ReportedAt != null && row.ReportedAt < since) || (row.ReportedAt == null && row.StartedAt < since));
    }
}
