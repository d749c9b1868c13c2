namespace NacGateway.Web.Desk.Live;

/// <summary>
/// When a list that is watched may ask the database again. Never more than once a second, however much happens; less often the longer the
/// question takes and the more lists are watched, so that all of them together cost a fortieth of a core; and now and then although nothing was told, for what other gateways and
/// the clock change.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="lists">How many lists are watched.</param>
internal sealed class SearchPace(TimeProvider time, Func<int> lists)
{
    /// <summary>Between two questions at least.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    /// <summary>Between two questions at least while the list changes all the time: nobody reads a list that moves each second.</summary>
    public static readonly TimeSpan Busy = TimeSpan.FromSeconds(5);

    /// <summary>After so long it is asked although nothing was told.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <summary>Between two questions at most, whatever they cost.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    /// <summary>So many events between two questions are all the time.</summary>
    public const int Many = 50;

    private const int Share = 40;

    private long _askedAt;
    private TimeSpan _wait = Least;
    private int _events;

    /// <summary>The instant, by the same clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Something happened that the list may show.</summary>
    public void Note() => _events++;

    /// <summary>Whether to ask now.</summary>
    public bool IsDue
    {
        get
        {
            // A little early counts: the look of each second comes a moment sooner or later.
            var since = time.GetElapsedTime(_askedAt) + (Least / 10);
            var wait = _events > Many && _wait < Busy ? Busy : _wait;
            return since >= (_events > 0 || wait > Quiet ? wait : Quiet);
        }
    }

    /// <summary>Begins a question; what happens from now on is for the next one.</summary>
    public void Begin()
    {
        _askedAt = time.GetTimestamp();
        _events = 0;
    }

    /// <summary>The question is answered.</summary>
    public void End()
    {
        var share = time.GetElapsedTime(_askedAt) * (Share * Math.Max(1, lists()));
        _wait = share < Least ? Least : share > Most ? Most : share;
    }
}
