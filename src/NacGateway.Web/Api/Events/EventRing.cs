using NacGateway.Core.Sessions;

namespace NacGateway.Web.Api.Events;

/// <summary>
/// The newest events in memory, numbered, so that a program that lost its stream goes on where it was. What it was too slow for itself is
/// counted as missing. Safe for concurrent use.
/// </summary>
internal sealed class EventRing(SessionFeed feed) : BackgroundService
{
    /// <summary>Events that are kept: nearly a minute of the busiest minutes, an hour of others; a few MiB, and as much again as text while programs watch.</summary>
    public const int Capacity = 10_000;

    /// <summary>Events that may wait for this to number them.</summary>
    private const int Waiting = 8192;

    private readonly Lock _lock = new();
    private readonly KeptEvent?[] _kept = new KeptEvent?[Capacity];
    private TaskCompletionSource _more = New();
    private long _next = 1;

    /// <summary>Names this run of the gateway: the numbers begin anew with each.</summary>
    public string Run { get; } = Guid.NewGuid().ToString("N")[..8];

    /// <summary>Number of the newest event; 0 before the first.</summary>
    public long Newest
    {
        get
        {
            lock (_lock)
            {
                return _next - 1;
            }
        }
    }

    /// <summary>Events after a number, the oldest first, and how many of those in between are not kept any more.</summary>
    public (IReadOnlyList<KeptEvent> Events, long Missed, long Last) After(long number, int most)
    {
        lock (_lock)
        {
            var oldest = Math.Max(1, _next - Capacity);
            var first = Math.Max(number + 1, oldest);
            List<KeptEvent> events = [];
            var missed = first - number - 1;
            var last = Math.Max(number, first - 1);
            for (var at = first; at < _next && events.Count < most; last = at++)
            {
                if (_kept[at % Capacity] is { } kept)
                {
                    events.Add(kept);
                }
                else
                {
                    missed++;
                }
            }

            return (events, missed, last);
        }
    }

    /// <summary>Until there is an event after a number.</summary>
    public Task WaitAsync(long number, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _next - 1 > number ? Task.CompletedTask : _more.Task.WaitAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = feed.Subscribe(Waiting);
        long lost = 0;
        await foreach (var notice in subscription.Reader.ReadAllAsync(stoppingToken))
        {
            var dropped = subscription.Dropped;
            Add(notice, dropped - lost);
            lost = dropped;
        }
    }

    /// <summary>Numbers an event; those that were lost before it take numbers too, so that nobody takes the rest for all.</summary>
    internal void Add(SessionNotice notice, long lost)
    {
        TaskCompletionSource waiting;
        lock (_lock)
        {
            for (var gap = Math.Min(lost, Capacity); gap > 0; gap--)
            {
                _kept[_next++ % Capacity] = null;
            }

            _kept[_next % Capacity] = new KeptEvent(Run, _next, notice);
            _next++;
            (waiting, _more) = (_more, New());
        }

        waiting.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
