namespace NacGateway.Radius.Client;

/// <summary>
/// When a request is sent again (RFC 5080 section 2.2.1): the first wait is about <see cref="Initial"/>, each further one about twice
/// the last, none much over <see cref="Longest"/>, each with a random part of a tenth so that clients do not send in step.
/// </summary>
public sealed class RetransmissionSchedule
{
    private readonly Func<double> _random;
    private TimeSpan _last;

    /// <summary>A schedule for one request.</summary>
    public RetransmissionSchedule()
        : this(Random.Shared.NextDouble)
    {
    }

    /// <summary>A schedule with a given source of chance.</summary>
    /// <param name="random">Gives 0 up to, but not including, 1.</param>
    internal RetransmissionSchedule(Func<double> random) => _random = random;

    /// <summary>IRT: 2 s.</summary>
    public static TimeSpan Initial { get; } = TimeSpan.FromSeconds(2);

    /// <summary>MRT: 16 s.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(16);

    /// <summary>MRC: transmissions of one request, the first counted.</summary>
    public static int MostSends => 5;

    /// <summary>MRD: 30 s from the first transmission to giving up.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The time to wait after the transmission at hand.</summary>
    public TimeSpan Next()
    {
        // RAND is within -0.1 and +0.1; the bound of MRT has its own.
        double chance = (_random() * 0.2) - 0.1;
        _last = _last == TimeSpan.Zero ? Initial * (1 + chance) : _last * (2 + chance);
        if (_last > Longest)
        {
            _last = Longest * (1 + chance);
        }

        return _last;
    }
}
