using NacGateway.Core.Audit;
using NacGateway.Core.Insight;
using NacGateway.Core.Sessions;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk;

namespace NacGateway.Web.Admin.Overview;

/// <summary>Gathers what the page shows.</summary>
internal sealed class OverviewReader(OverviewFactsReader facts, ActivityHistory history, ActivityRing ring, RefusalReasons reasons, SessionTable sessions, RecentActs acts)
{
    private const int MostReasons = 8;
    private const int MostActs = 6;

    public async Task<OverviewModel> ReadAsync(PageLink link, DeskUser? user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var range = OverviewRange.Read(link, now);
        var known = await facts.ReadAsync(now, cancellationToken);
        var pieces = await HistoryAsync(range, cancellationToken);
        var why = await reasons.ReadAsync(range.From, range.To, cancellationToken);
        return new OverviewModel
        {
            Link = link,
            At = now,
            Range = range,
            Attention = AttentionRules.Of(known),
            Tiles = OverviewTiles.Of(known, range, ring.Newest, sessions.Count, await YesterdayAsync(now, cancellationToken), Sum(pieces)),
            Sessions = sessions.Count,
            Done = Sum(pieces),
            Moment = OverviewTiles.Now(ring.Newest, now),
            Waiting = known.Waiting,
            OldestAt = known.OldestAt,
            History = pieces,
            Reasons = [.. why.GroupBy(reason => reason.Kind).Select(same => new OverviewReason(same.Key, same.Sum(reason => reason.Count))).OrderByDescending(reason => reason.Count).Take(MostReasons)],
            Servers = await ServersAsync(known, cancellationToken),
            Acts = user?.May(DeskRight.ReadAudit) == true ? await acts.ReadAsync(MostActs, cancellationToken) : null,
        };
    }

    /// <summary>The pieces of a range, without one at its end that has only just begun.</summary>
    public async Task<IReadOnlyList<ActivityBucket>> HistoryAsync(OverviewRange range, CancellationToken cancellationToken)
    {
        var pieces = await history.ReadAsync(range.From, range.To, range.Points, cancellationToken);
        return range.IsLive && pieces.Count > 0 && pieces[^1].Minutes == 0 ? [.. pieces.SkipLast(1)] : pieces;
    }

    /// <summary>The servers with their last hour.</summary>
    public async Task<IReadOnlyList<OverviewServer>> ServersAsync(OverviewFacts known, CancellationToken cancellationToken)
    {
        List<OverviewServer> servers = [];
        foreach (var server in known.Servers)
        {
            servers.Add(OverviewServer.Of(server, await history.ReadAsync(server.Name, known.At.AddHours(-1), known.At, 60, cancellationToken)));
        }

        return servers;
    }

    /// <summary>Sessions at this time yesterday; null where that is not known.</summary>
    public async Task<int?> YesterdayAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var then = now.AddDays(-1);
        var pieces = await history.ReadAsync(then.AddMinutes(-1), then, 1, cancellationToken);
        return pieces is [{ Minutes: > 0 } piece] ? piece.Sessions : null;
    }

    public static ActivityCounts Sum(IEnumerable<ActivityBucket> pieces) => pieces.Aggregate(new ActivityCounts(), (sum, piece) => new ActivityCounts
    {
        Accepted = sum.Accepted + piece.Counts.Accepted,
        Challenged = sum.Challenged + piece.Counts.Challenged,
        Refused = sum.Refused + piece.Counts.Refused,
        Unanswered = sum.Unanswered + piece.Counts.Unanswered,
        NotTried = sum.NotTried + piece.Counts.NotTried,
    });
}
