namespace NacGateway.Core.Policy;

/// <summary>What one session may do, taken from the Access-Accept, the role and the local settings. The most restrictive value won.</summary>
public sealed record SessionLimits
{
    /// <summary>Longest life of the session; null is unlimited (RFC 2865 section 5.27).</summary>
    public TimeSpan? SessionTimeout { get; init; }

    /// <summary>Longest time without traffic; null is unlimited (RFC 2865 section 5.28).</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Time between Interim-Updates; null sends none (RFC 2869 section 5.16).</summary>
    public TimeSpan? InterimInterval { get; init; }

    /// <summary>Most bits per second from the client; null is unlimited.</summary>
    public long? UploadRate { get; init; }

    /// <summary>Most bits per second to the client; null is unlimited.</summary>
    public long? DownloadRate { get; init; }

    /// <summary>Octets from the client after which the session ends or is slowed down (<see cref="ThrottleRate"/>); null is unlimited.</summary>
    public long? InputQuota { get; init; }

    /// <summary>Octets to the client after which the session ends or is slowed down (<see cref="ThrottleRate"/>); null is unlimited.</summary>
    public long? OutputQuota { get; init; }

    /// <summary>Octets both ways after which the session ends or is slowed down (<see cref="ThrottleRate"/>); null is unlimited.</summary>
    public long? TotalQuota { get; init; }

    /// <summary>Bits per second in each direction once a quota has been reached, instead of the session's end; null ends it.</summary>
    public long? ThrottleRate { get; init; }

    /// <summary>Name of the role that says which destinations may be reached; null is none, and then all may be.</summary>
    public string? Role { get; init; }

    /// <summary>Whether so many octets end the session.</summary>
    internal bool IsUsedUp(long inputOctets, long outputOctets) => ThrottleRate is null && IsQuotaReached(inputOctets, outputOctets);

    /// <summary>Whether so many octets slow the session down, which it has not been yet.</summary>
    internal bool IsThrottleDue(long inputOctets, long outputOctets) => ThrottleRate is not null && IsQuotaReached(inputOctets, outputOctets);

    /// <summary>The limits from then on: the quotas are done with, and what is slower already stays so.</summary>
    internal SessionLimits Throttled() => this with
    {
        UploadRate = LimitSet.Least(UploadRate, ThrottleRate),
        DownloadRate = LimitSet.Least(DownloadRate, ThrottleRate),
        InputQuota = null,
        OutputQuota = null,
        TotalQuota = null,
        ThrottleRate = null,
    };

    private bool IsQuotaReached(long inputOctets, long outputOctets) =>
        inputOctets >= InputQuota || outputOctets >= OutputQuota || inputOctets + outputOctets >= TotalQuota;
}
