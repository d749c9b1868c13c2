using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Storage;
using NacGateway.Radius.Client;

namespace NacGateway.Core.Insight;

/// <summary>Reads samples for plots: in pieces of equal length, of which no plot has more than it can show, with gaps where nothing is known. Safe for concurrent use.</summary>
public sealed class ActivityHistory(IDbContextFactory<GatewayDbContext> contexts)
{
    /// <summary>What the gateways did.</summary>
    /// <param name="from">Begin.</param>
    /// <param name="to">End.</param>
    /// <param name="points">Most pieces, up to 2,000.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<ActivityBucket>> ReadAsync(DateTimeOffset from, DateTimeOffset to, int points, CancellationToken cancellationToken)
    {
        var scale = new BucketScale(from, to, points);
        var buckets = Enumerable.Range(0, scale.Count).Select(piece => new ActivityBucket { At = scale.Begin(piece), Counts = new ActivityCounts() }).ToArray();
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            // Gateways that share the database are one: minute by minute they are added up.
            var (begin, end) = (scale.From, scale.To);
            var minutes = database.Set<ActivitySample>().AsNoTracking().Where(sample => sample.At >= begin && sample.At < end)
                .GroupBy(sample => sample.At)
                .Select(same => new ActivitySample
                {
                    Owner = "",
                    At = same.Key,
                    Sessions = same.Sum(sample => sample.Sessions),
                    Accepted = same.Sum(sample => sample.Accepted),
                    Challenged = same.Sum(sample => sample.Challenged),
                    Refused = same.Sum(sample => sample.Refused),
                    Unanswered = same.Sum(sample => sample.Unanswered),
                    NotTried = same.Sum(sample => sample.NotTried),
                    Intercepted = same.Sum(sample => sample.Intercepted),
                    Forwarded = same.Sum(sample => sample.Forwarded),
                    InputOctets = same.Sum(sample => sample.InputOctets),
                    OutputOctets = same.Sum(sample => sample.OutputOctets),
                    Outbox = same.Sum(sample => sample.Outbox),
                });
            await foreach (var sample in minutes.AsAsyncEnumerable().WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                ref var bucket = ref buckets[scale.PieceOf(sample.At)];
                bucket = Add(bucket, sample);
            }
        }

        return buckets;
    }

    /// <summary>How a server did.</summary>
    /// <param name="server">Its name.</param>
    /// <param name="from">Begin.</param>
    /// <param name="to">End.</param>
    /// <param name="points">Most pieces, up to 2,000.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<ServerBucket>> ReadAsync(string server, DateTimeOffset from, DateTimeOffset to, int points, CancellationToken cancellationToken)
    {
        var scale = new BucketScale(from, to, points);
        var samples = new List<ServerSample>?[scale.Count];
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var (begin, end) = (scale.From, scale.To);
            var found = database.Set<ServerSample>().AsNoTracking().Where(sample => sample.Server == server && sample.At >= begin && sample.At < end);
            await foreach (var sample in found.AsAsyncEnumerable().WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                (samples[scale.PieceOf(sample.At)] ??= []).Add(sample);
            }
        }

        return [.. samples.Select((some, piece) => Together(scale.Begin(piece), some ?? []))];
    }

    private static ActivityBucket Add(ActivityBucket bucket, ActivitySample sample) => bucket with
    {
        Minutes = bucket.Minutes + 1,
        Sessions = Math.Max(bucket.Sessions, sample.Sessions),
        Outbox = Math.Max(bucket.Outbox, sample.Outbox),
        Counts = new ActivityCounts
        {
            Accepted = bucket.Counts.Accepted + sample.Accepted,
            Challenged = bucket.Counts.Challenged + sample.Challenged,
            Refused = bucket.Counts.Refused + sample.Refused,
            Unanswered = bucket.Counts.Unanswered + sample.Unanswered,
            NotTried = bucket.Counts.NotTried + sample.NotTried,
            Intercepted = bucket.Counts.Intercepted + sample.Intercepted,
            Forwarded = bucket.Counts.Forwarded + sample.Forwarded,
            InputOctets = bucket.Counts.InputOctets + sample.InputOctets,
            OutputOctets = bucket.Counts.OutputOctets + sample.OutputOctets,
        },
    };

    private static ServerBucket Together(DateTimeOffset at, List<ServerSample> samples) => new()
    {
        At = at,
        Minutes = samples.Select(sample => sample.At).Distinct().Count(),
        State = samples.Count == 0 ? ServerState.Alive : samples.MaxBy(sample => Badness(sample.State))!.State,
        Requests = samples.Sum(sample => (long)sample.Requests),
        Timeouts = samples.Sum(sample => (long)sample.Timeouts),
        Rejects = samples.Sum(sample => (long)sample.Rejects),
        Drops = samples.Sum(sample => (long)sample.Drops),
        P50 = samples.Average(sample => sample.P50),
        P95 = samples.Max(sample => sample.P95),
        P99 = samples.Max(sample => sample.P99),
    };

    private static int Badness(ServerState state) => state switch
    {
        ServerState.Dead => 3,
        ServerState.Suspect => 2,
        ServerState.Alive => 0,
        _ => 1,
    };
}
