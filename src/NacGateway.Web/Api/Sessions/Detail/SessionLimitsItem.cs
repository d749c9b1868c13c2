using NacGateway.Core.Policy;

namespace NacGateway.Web.Api.Sessions.Detail;

/// <summary>Limits of a session; what is null is unlimited.</summary>
public sealed record SessionLimitsItem
{
    /// <summary>Session-Timeout, in seconds from its start.</summary>
    public long? SessionSeconds { get; init; }

    /// <summary>Idle-Timeout, in seconds.</summary>
    public long? IdleSeconds { get; init; }

    /// <summary>Acct-Interim-Interval, in seconds.</summary>
    public long? InterimSeconds { get; init; }

    /// <summary>Bits per second from the client.</summary>
    public long? UploadRate { get; init; }

    /// <summary>Bits per second to the client.</summary>
    public long? DownloadRate { get; init; }

    /// <summary>Octets from the client.</summary>
    public long? InputQuota { get; init; }

    /// <summary>Octets to the client.</summary>
    public long? OutputQuota { get; init; }

    /// <summary>Octets both ways.</summary>
    public long? TotalQuota { get; init; }

    /// <summary>Bits per second each way once a quota has been reached; null where the session ends then.</summary>
    public long? ThrottleRate { get; init; }

    /// <summary>Role; null for none.</summary>
    public string? Role { get; init; }

    internal static SessionLimitsItem Of(SessionLimits limits) => new()
    {
        SessionSeconds = (long?)limits.SessionTimeout?.TotalSeconds,
        IdleSeconds = (long?)limits.IdleTimeout?.TotalSeconds,
        InterimSeconds = (long?)limits.InterimInterval?.TotalSeconds,
        UploadRate = limits.UploadRate,
        DownloadRate = limits.DownloadRate,
        InputQuota = limits.InputQuota,
        OutputQuota = limits.OutputQuota,
        TotalQuota = limits.TotalQuota,
        ThrottleRate = limits.ThrottleRate,
        Role = limits.Role,
    };
}
