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

    /// <summary>Octets from the client after which the session ends; null is unlimited.</summary>
    public long? InputQuota { get; init; }

    /// <summary>Octets to the client after which the session ends; null is unlimited.</summary>
    public long? OutputQuota { get; init; }

    /// <summary>Octets both ways after which the session ends; null is unlimited.</summary>
    public long? TotalQuota { get; init; }

    /// <summary>Name of the role that says which destinations may be reached; null is none, and then all may be.</summary>
    public string? Role { get; init; }

    /// <summary>Whether so many octets end the session.</summary>
    internal bool IsUsedUp(long inputOctets, long outputOctets) =>
        inputOctets >= InputQuota || outputOctets >= OutputQuota || inputOctets + outputOctets >= TotalQuota;
}
