using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Authentication;
using NacGateway.Core.Storage;
using NacGateway.Radius.Client;

namespace NacGateway.Core.Insight;

/// <summary>
/// Puts a moment into the ring at each look, and samples into the database at each turn of a minute. What cannot be said rightly is left
/// out: after a pause of the process or a step of the clock there is a gap, and no sum over the time between. Used by one loop.
/// </summary>
internal sealed class ActivityRecorder(ActivityCounters counters, ActivityRing ring, RadiusHealth servers, AccountingProgress accounting, GatewayWriter writer, TimeProvider time)
{
    /// <summary>Minutes that wait while the database takes none; the oldest go first.</summary>
    public const int MostWaiting = 120;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    /// <summary>Longest time between two looks, or that a minute may take, that is no pause.</summary>
    private static readonly TimeSpan s_slack = TimeSpan.FromSeconds(15);

    private readonly Queue<SampledMinute> _waiting = [];
    private long _looks;
    private (long Timestamp, ActivityCounts Counts)? _last;
    private (DateTimeOffset At, long Timestamp, ActivityCounts Counts, Dictionary<string, ServerHealth> Servers) _minute;

    /// <summary>Looks that have ended.</summary>
    internal long Looks => Volatile.Read(ref _looks);

    /// <summary>One look.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookOnceAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Increment(ref _looks);
        }
    }

    /// <summary>Forgets samples that are too old.</summary>
    public async Task TrimAsync(TimeSpan keptFor, CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - keptFor;
        await writer.WriteAsync(
            async (database, token) =>
            {
                await database.Set<ActivitySample>().Where(sample => sample.At < oldest).ExecuteDeleteAsync(token).ConfigureAwait(false);
                await database.Set<ServerSample>().Where(sample => sample.At < oldest).ExecuteDeleteAsync(token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task LookOnceAsync(CancellationToken cancellationToken)
    {
        var (now, at, counts) = (time.GetTimestamp(), time.GetUtcNow(), counters.Read());
        var span = _last is { } last ? time.GetElapsedTime(last.Timestamp, now) : TimeSpan.MaxValue;
        var isPaused = span > ActivityRing.Distance + s_slack;
        if (!isPaused && span > TimeSpan.Zero)
        {
            ring.Add(new ActivityMoment(at, span, counters.Sessions, counts.Since(_last!.Value.Counts)));
        }

        _last = (now, counts);
        var minute = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % s_minute.Ticks), TimeSpan.Zero);
        if (minute == _minute.At && !isPaused)
        {
            return;
        }

        if (!isPaused && minute == _minute.At + s_minute && time.GetElapsedTime(_minute.Timestamp, now) <= s_minute + s_slack)
        {
            Take(counts);
        }

        _minute = (minute, now, counts, servers.Servers.ToDictionary(server => server.Name, StringComparer.Ordinal));
        await WriteAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Take(ActivityCounts counts)
    {
        var owner = writer.Identity.Name;
        var done = counts.Since(_minute.Counts);
        _waiting.Enqueue(new SampledMinute(
            new ActivitySample
            {
                Owner = owner,
                At = _minute.At,
                Sessions = counters.Sessions,
                Accepted = (int)done.Accepted,
                Challenged = (int)done.Challenged,
                Refused = (int)done.Refused,
                Unanswered = (int)done.Unanswered,
                NotTried = (int)done.NotTried,
                Intercepted = done.Intercepted,
                Forwarded = done.Forwarded,
                InputOctets = done.InputOctets,
                OutputOctets = done.OutputOctets,
                Outbox = accounting.Backlog.Waiting,
            },
            [.. servers.Servers.Select(server => ServerSampling.Of(owner, _minute.At, server, _minute.Servers.GetValueOrDefault(server.Name)))]));
        while (_waiting.Count > MostWaiting)
        {
            _waiting.Dequeue();
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        SampledMinute[] minutes = [.. _waiting];
        var status = await writer.WriteAsync((database, token) => AddAsync(database, minutes, token), cancellationToken).ConfigureAwait(false);
        if (status == WriteStatus.Committed)
        {
            _waiting.Clear();
        }
    }

    /// <summary>A minute that is there already stays as it is: the gateway was restarted within it, or the clock was set back.</summary>
    private static async Task AddAsync(GatewayDbContext database, SampledMinute[] minutes, CancellationToken cancellationToken)
    {
        foreach (var (activity, servers) in minutes)
        {
            var (owner, at) = (activity.Owner, activity.At);
            if (await database.Set<ActivitySample>().AnyAsync(sample => sample.Owner == owner && sample.At == at, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            database.Append(activity);
            foreach (var server in servers)
            {
                database.Append(server);
            }
        }
    }
}
