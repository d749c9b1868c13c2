namespace NacGateway.Core.Policy;

/// <summary>Limits as numbers by kind, so that all of them are compared by one rule: seconds, bits per second, octets; null is unlimited.</summary>
internal sealed class LimitSet
{
    /// <summary>Accept and role may ask for reports more often than this; nobody gets them (RFC 2869 section 5.16).</summary>
    public const long ShortestInterim = 60;

    public static readonly IReadOnlyList<LimitKind> Kinds = Enum.GetValues<LimitKind>();

    private readonly long?[] _values = new long?[Kinds.Count];

    public LimitSet()
    {
    }

    public LimitSet(SessionLimits limits)
    {
        this[LimitKind.SessionTimeout] = Seconds(limits.SessionTimeout);
        this[LimitKind.IdleTimeout] = Seconds(limits.IdleTimeout);
        this[LimitKind.InterimInterval] = Seconds(limits.InterimInterval);
        this[LimitKind.UploadRate] = limits.UploadRate;
        this[LimitKind.DownloadRate] = limits.DownloadRate;
        this[LimitKind.InputQuota] = limits.InputQuota;
        this[LimitKind.OutputQuota] = limits.OutputQuota;
        this[LimitKind.TotalQuota] = limits.TotalQuota;
        this[LimitKind.ThrottleRate] = limits.ThrottleRate;
    }

    public long? this[LimitKind kind]
    {
        get => _values[(int)kind];
        set => _values[(int)kind] = value;
    }

    /// <summary>Whether it limits what adds up in a session, from its start or its last renewal on.</summary>
    public static bool IsCounted(LimitKind kind) => kind is LimitKind.SessionTimeout or LimitKind.InputQuota or LimitKind.OutputQuota or LimitKind.TotalQuota;

    /// <summary>A limit that counts from where so much has been used. What is unlimited stays so.</summary>
    public static long? From(long? used, long? limit) => limit is { } more ? (long)Math.Min((ulong)(used ?? 0) + (ulong)more, long.MaxValue) : null;

    /// <summary>The smaller of two limits; one that is not set does not count.</summary>
    public static long? Least(long? one, long? other) => one is null || other < one ? other ?? one : one;

    /// <summary>
    /// The interval of reports. What is configured here overrides what the server sends; a longer one of the server wins, a shorter
    /// one does not (RFC 2869 section 2.1, RFC 5080 section 2.3.4).
    /// </summary>
    public static long? Interim(long? ours, long? theirs) =>
        ours is null && theirs is null ? null : Math.Max(ShortestInterim, Math.Max(ours ?? 0, theirs ?? 0));

    /// <summary>The stricter limit of each kind. Reports are no limit and are left out: see <see cref="Interim"/>.</summary>
    public static LimitSet Stricter(LimitSet one, LimitSet other)
    {
        var stricter = new LimitSet();
        foreach (var kind in Kinds.Where(kind => kind != LimitKind.InterimInterval))
        {
            stricter[kind] = Least(one[kind], other[kind]);
        }

        return stricter;
    }

    public SessionLimits ToLimits(string? role) => new()
    {
        SessionTimeout = Span(this[LimitKind.SessionTimeout]),
        IdleTimeout = Span(this[LimitKind.IdleTimeout]),
        InterimInterval = Span(this[LimitKind.InterimInterval]),
        UploadRate = this[LimitKind.UploadRate],
        DownloadRate = this[LimitKind.DownloadRate],
        InputQuota = this[LimitKind.InputQuota],
        OutputQuota = this[LimitKind.OutputQuota],
        TotalQuota = this[LimitKind.TotalQuota],
        ThrottleRate = this[LimitKind.ThrottleRate],
        Role = role,
    };

    private static long? Seconds(TimeSpan? span) => span is { } value ? (long)value.TotalSeconds : null;

    private static TimeSpan? Span(long? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
