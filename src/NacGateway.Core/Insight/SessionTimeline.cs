using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Authentication;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Insight;

/// <summary>Gathers what is known of a session: how its client came, its sign-in, what was done to it, its accounting, its traffic, its end. Every part is bounded. Safe for concurrent use.</summary>
public sealed class SessionTimeline(IDbContextFactory<GatewayDbContext> contexts)
{
    /// <summary>How long before a sign-in others of the same client belong to its story.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromMinutes(30);

    private const int MostAttempts = 50;
    private const int MostDecisions = 200;
    private const int MostRecords = 500;

    /// <summary>Reads a story.</summary>
    /// <param name="acctSessionId">The session, or the one that a sign-in would have opened.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when nothing is known.</returns>
    public async Task<SessionStory?> ReadAsync(string acctSessionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(acctSessionId);
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var session = await database.Set<Session>().AsNoTracking().Where(row => row.AcctSessionId == acctSessionId)
                .Select(row => new { row.ClientAddress, row.StartedAt, row.EndedAt, row.TerminateCause, row.InputOctets, row.OutputOctets, row.ReportedAt })
                .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);

            var decisions = await ReadDecisionsAsync(database, acctSessionId, cancellationToken).ConfigureAwait(false);
            if (session is null && (decisions.Count == 0 || acctSessionId.Length == 0))
            {
                return null;
            }

            List<TimelineEntry> entries = [.. decisions.Select(decision => new TimelineEntry.Decided(decision.At, decision, Exchange(decision)))];
            entries.AddRange(Arrival(decisions));
            var client = session?.ClientAddress ?? decisions[0].ClientAddress;
            entries.AddRange(await AttemptsAsync(database, acctSessionId, client, session?.StartedAt ?? decisions[0].At, cancellationToken).ConfigureAwait(false));
            if (session is not null)
            {
                entries.Add(new TimelineEntry.Opened(session.StartedAt));
                if (session.EndedAt is { } endedAt)
                {
                    entries.Add(new TimelineEntry.Ended(endedAt, session.TerminateCause ?? AcctTerminateCause.None));
                }
            }

            entries.AddRange((await database.Set<SessionEvent>().AsNoTracking().Where(line => line.AcctSessionId == acctSessionId).OrderBy(line => line.Id).ToListAsync(cancellationToken).ConfigureAwait(false))
                .Select(line => new TimelineEntry.Noted(line.At, line)));
            var accounting = await AccountingAsync(database, acctSessionId, cancellationToken).ConfigureAwait(false);
            entries.AddRange(accounting);
            return new SessionStory
            {
                AcctSessionId = acctSessionId,
                StartedAt = session?.StartedAt,
                EndedAt = session?.EndedAt,
                Entries = [.. entries.OrderBy(entry => entry.At).ThenBy(entry => entry.Rank)],
                Traffic = session is null ? [] : await TrafficAsync(database, acctSessionId, session.StartedAt, new TrafficPoint(session.EndedAt ?? session.ReportedAt ?? session.StartedAt, session.InputOctets, session.OutputOctets), cancellationToken).ConfigureAwait(false),
                ReplyTime = ReplyTime(decisions),
                IsShortened = decisions.Count == MostDecisions || accounting.Count == MostRecords,
            };
        }
    }

    private static async Task<List<PolicyDecision>> ReadDecisionsAsync(GatewayDbContext database, string acctSessionId, CancellationToken cancellationToken)
    {
        var decisions = database.Set<PolicyDecision>().AsNoTracking().Where(decision => decision.AcctSessionId == acctSessionId);
        var last = await decisions.OrderByDescending(decision => decision.Id).Take(MostDecisions).ToListAsync(cancellationToken).ConfigureAwait(false);
        last.Reverse();
        return last;
    }

    /// <summary>How the client came, as the sign-in recorded it.</summary>
    private static IEnumerable<TimelineEntry> Arrival(List<PolicyDecision> decisions)
    {
        if (!ClientArrival.TryRead(decisions.FindLast(decision => decision.Arrival is not null)?.Arrival, out var arrival))
        {
            yield break;
        }

        if (arrival.First is { } first)
        {
            yield return new TimelineEntry.Arrived(first.At, first, arrival.UserAgent);
        }

        foreach (var contact in arrival.Last)
        {
            yield return new TimelineEntry.Arrived(contact.At, contact, null);
        }

        if (arrival.PortalOpenedAt is { } openedAt)
        {
            yield return new TimelineEntry.PortalOpened(openedAt);
        }
    }

    private static async Task<IEnumerable<TimelineEntry>> AttemptsAsync(GatewayDbContext database, string acctSessionId, string? client, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (client is null)
        {
            return [];
        }

        var since = at - Before;
        var attempts = await database.Set<PolicyDecision>().AsNoTracking()
            .Where(decision => decision.ClientAddress == client && decision.At >= since && decision.At <= at && decision.AcctSessionId != acctSessionId)
            .OrderByDescending(decision => decision.At)
            .Take(MostAttempts)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return attempts.Select(decision => new TimelineEntry.Attempted(decision.At, decision, Exchange(decision)));
    }

    private static async Task<List<TimelineEntry>> AccountingAsync(GatewayDbContext database, string acctSessionId, CancellationToken cancellationToken)
    {
        var waiting = await database.Set<AccountingRecord>().AsNoTracking().Where(record => record.AcctSessionId == acctSessionId).OrderBy(record => record.Id)
            .Select(record => new { record.EventAt, record.Status, record.SetAsideAt, record.SetAsideReason })
            .Take(MostRecords).ToListAsync(cancellationToken).ConfigureAwait(false);
        var delivered = await database.Set<AccountingDelivery>().AsNoTracking().Where(delivery => delivery.AcctSessionId == acctSessionId)
            .OrderByDescending(delivery => delivery.Id).Take(MostRecords - waiting.Count).ToListAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. waiting.Select(record => new TimelineEntry.AccountingWaits(record.EventAt, record.Status, record.SetAsideAt is null ? null : record.SetAsideReason ?? "")),
            .. delivered.Select(delivery => new TimelineEntry.AccountingDelivered(delivery.EventAt, delivery)),
        ];
    }

    /// <summary>The points, with the start and what the session's row knows beyond the last of them.</summary>
    private static async Task<List<TrafficPoint>> TrafficAsync(GatewayDbContext database, string acctSessionId, DateTimeOffset startedAt, TrafficPoint last, CancellationToken cancellationToken)
    {
        List<TrafficPoint> points = [new(startedAt, 0, 0)];
        points.AddRange(await database.Set<SessionTraffic>().AsNoTracking().Where(point => point.AcctSessionId == acctSessionId).OrderBy(point => point.Id)
            .Select(point => new TrafficPoint(point.At, point.InputOctets, point.OutputOctets)).ToListAsync(cancellationToken).ConfigureAwait(false));
        if (last.At > points[^1].At)
        {
            points.Add(last);
        }

        return points;
    }

    private static ExchangeRecord? Exchange(PolicyDecision decision) => ExchangeRecord.TryRead(decision.Exchange, out var exchange) ? exchange : null;

    private static TimeSpan? ReplyTime(List<PolicyDecision> decisions)
    {
        var times = decisions.Where(decision => decision.Outcome is not (DecisionOutcomes.Renewed or DecisionOutcomes.NotRenewed)).Select(decision => decision.ElapsedMilliseconds).OfType<int>().ToList();
        return times.Count == 0 ? null : TimeSpan.FromMilliseconds(times.Sum());
    }
}
