using NacGateway.Core.Insight;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk.Overview;

namespace NacGateway.Web.Admin.Overview;

/// <summary>Says to programs what the page shows.</summary>
internal sealed class OverviewReports(OverviewReader reader, TimeProvider time) : IOverviewReport
{
    public async Task<(OverviewReport? Report, string? Problem)> ReadAsync(RangeAsked asked, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (Range(asked, now) is var range && range.Notice is not null)
        {
            return (null, range.Notice);
        }

        var model = await reader.ReadAsync(Link(asked), user: null, now, cancellationToken);
        return (new OverviewReport
        {
            At = now,
            From = range.From,
            To = range.To,
            Attention = [.. model.Attention.Select(item => new AttentionReport(item.Key, item.Look.Name() ?? "", item.What, item.Why, item.Rule, item.Since))],
            Sessions = model.Sessions,
            SignIns = Of(model.Done),
            DownRate = model.Moment is null ? null : Math.Round(model.Moment.OutputRate * 8),
            UpRate = model.Moment is null ? null : Math.Round(model.Moment.InputRate * 8),
            OutboxWaiting = model.Waiting,
            OutboxOldestAt = model.OldestAt,
            Reasons = [.. model.Reasons.Select(reason => new ReasonCount(reason.Key, reason.Words, reason.Count))],
        }, null);
    }

    public async Task<(IReadOnlyList<ActivityPoint>? Points, string? Problem)> ActivityAsync(RangeAsked asked, CancellationToken cancellationToken) =>
        Range(asked, time.GetUtcNow()) is var range && range.Notice is not null ? (null, range.Notice) : ([.. (await reader.HistoryAsync(range, cancellationToken)).Select(Of)], null);

    private static OverviewRange Range(RangeAsked asked, DateTimeOffset now) => OverviewRange.Read(Link(asked), now);

    private static PageLink Link(RangeAsked asked) => PageLink.To("/overview").With("range", asked.Range).With("from", asked.From).With("to", asked.To);

    private static SignInCounts Of(ActivityCounts counts) => new(counts.Accepted, counts.Refused, counts.Unanswered, counts.NotTried, counts.Challenged);

    private static ActivityPoint Of(ActivityBucket piece) => piece.Minutes == 0 ? new ActivityPoint { At = piece.At, Minutes = 0 } : new ActivityPoint
    {
        At = piece.At,
        Minutes = piece.Minutes,
        Sessions = piece.Sessions,
        SignIns = Of(piece.Counts),
        Intercepted = piece.Counts.Intercepted,
        Forwarded = piece.Counts.Forwarded,
        InputOctets = piece.Counts.InputOctets,
        OutputOctets = piece.Counts.OutputOctets,
        Outbox = piece.Outbox,
    };
}
