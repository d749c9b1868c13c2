namespace NacGateway.Core.Policy;

/// <summary>What one session may do, taken from the Access-Accept and the local settings. The most restrictive value won.</summary>
public sealed record SessionLimits
{
    /// <summary>Longest life of the session; null is unlimited (RFC 2865 section 5.27).</summary>
    public TimeSpan? SessionTimeout { get; init; }

    /// <summary>Longest time without traffic; null is unlimited (RFC 2865 section 5.28).</summary>
    public TimeSpan? IdleTimeout { get; init; }
}
