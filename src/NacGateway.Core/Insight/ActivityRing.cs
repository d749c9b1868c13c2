namespace NacGateway.Core.Insight;

/// <summary>The last hour of this gateway, a moment every five seconds, in memory: for live plots. A pause of the process leaves a gap. Safe for concurrent use.</summary>
public sealed class ActivityRing
{
    /// <summary>Distance of the moments.</summary>
    public static readonly TimeSpan Distance = TimeSpan.FromSeconds(5);

    /// <summary>Moments that are kept.</summary>
    public const int Capacity = 720;

    private readonly Lock _lock = new();
    private readonly ActivityMoment[] _moments = new ActivityMoment[Capacity];
    private long _count;

    /// <summary>The newest; null before the first.</summary>
    public ActivityMoment? Newest
    {
        get
        {
            lock (_lock)
            {
                return _count == 0 ? null : _moments[(_count - 1) % Capacity];
            }
        }
    }

    /// <summary>Those that came after an instant, oldest first.</summary>
    public IReadOnlyList<ActivityMoment> Read(DateTimeOffset after)
    {
        lock (_lock)
        {
            List<ActivityMoment> found = [];
            for (var n = Math.Max(0, _count - Capacity); n < _count; n++)
            {
                var moment = _moments[n % Capacity];
                if (moment.At > after)
                {
                    found.Add(moment);
                }
            }

            return found;
        }
    }

    internal void Add(ActivityMoment moment)
    {
        lock (_lock)
        {
            _moments[_count++ % Capacity] = moment;
        }
    }
}
