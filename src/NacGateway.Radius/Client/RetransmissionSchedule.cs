namespace NacGateway.Radius.Client;

/// <summary>
/// When a request is sent again (RFC 5080 section 2.2.1): the first wait is about <see cref="Initial"/>, each further one about twice
/// the last, none much over the bound, each with a random part of a tenth so that clients do not send in step. For one request and one
/// caller at a time.
/// </summary>
/// <remarks>
/// Two profiles. Authentication: a person waits, so it ends after <see cref="MostSends"/> transmissions or <see cref="Duration"/>, and
/// no wait is over <see cref="Longest"/>. Accounting (<see cref="ForAccounting(TimeSpan?)"/>): MRC, MRD and MRT are 0 in RFC 5080, that is, it goes
/// on for ever and the waits grow without bound; so that a queue drains soon after its server is back, ours grow to
/// <see cref="LongestForAccounting"/>.
/// </remarks>
public sealed class RetransmissionSchedule
{
    private readonly Func<double> _random;
    private readonly TimeSpan _longest;
    private TimeSpan _last;

    /// <summary>A schedule for one request of authentication.</summary>
    public RetransmissionSchedule()
        : this(Random.Shared.NextDouble)
    {
    }

    /// <summary>A schedule with a given source of chance.</summary>
    /// <param name="random">Gives 0 up to, but not including, 1.</param>
    /// <param name="longest">Bound of a wait; <see cref="Longest"/> by default.</param>
    internal RetransmissionSchedule(Func<double> random, TimeSpan? longest = null)
    {
        _random = random;
        _longest = longest ?? Longest;
    }

    /// <summary>IRT: 2 s.</summary>
    public static TimeSpan Initial { get; } = TimeSpan.FromSeconds(2);

    /// <summary>MRT: 16 s.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(16);

    /// <summary>In place of the boundless MRT of accounting: 10 min.</summary>
    public static TimeSpan LongestForAccounting { get; } = TimeSpan.FromMinutes(10);

    /// <summary>MRC: transmissions of one request, the first counted.</summary>
    public static int MostSends => 5;

    /// <summary>MRD: 30 s from the first transmission to giving up.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(30);

    /// <summary>A schedule that goes on for ever (RFC 5080 section 2.2.1 for Accounting-Request).</summary>
    /// <param name="longest">Bound of a wait; <see cref="LongestForAccounting"/> by default, at least <see cref="Initial"/>.</param>
    public static RetransmissionSchedule ForAccounting(TimeSpan? longest = null) => ForAccounting(Random.Shared.NextDouble, longest);

    /// <summary>
    /// The wait after a number of failed attempts, for a queue that keeps that number and not a schedule: the same growth, bound and
    /// random part as <see cref="ForAccounting(TimeSpan?)"/>.
    /// </summary>
    /// <param name="attempts">Attempts so far, the one at hand counted; below 1 counts as 1.</param>
    public static TimeSpan AccountingDelay(int attempts) => AccountingDelay(attempts, Random.Shared.NextDouble);

    internal static RetransmissionSchedule ForAccounting(Func<double> random, TimeSpan? longest = null)
    {
        TimeSpan bound = longest ?? LongestForAccounting;
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, Initial, nameof(longest));
        return new RetransmissionSchedule(random, bound);
    }

    internal static TimeSpan AccountingDelay(int attempts, Func<double> random)
    {
        double chance = (random() * 0.2) - 0.1;
        double grown = Initial.TotalSeconds * Math.Pow(2, Math.Clamp(attempts, 1, 30) - 1);
        return TimeSpan.FromSeconds(Math.Min(grown, LongestForAccounting.TotalSeconds) * (1 + chance));
    }

    /// <summary>The time to wait after the transmission at hand.</summary>
    public TimeSpan Next()
    {
        // RAND is within -0.1 and +0.1; the bound of MRT has its own.
        double chance = (_random() * 0.2) - 0.1;
        _last = _last == TimeSpan.Zero ? Initial * (1 + chance) : _last * (2 + chance);
        if (_last > _longest)
        {
            _last = _longest * (1 + chance);
        }

        return _last;
    }
}
