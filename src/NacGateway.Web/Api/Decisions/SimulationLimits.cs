using NacGateway.Core.Policy;

namespace NacGateway.Web.Api.Decisions;

/// <summary>Limits that a session would be under; null is unlimited.</summary>
public sealed record SimulationLimits
{
    /// <summary>Longest life, in seconds.</summary>
    public long? SessionTimeout { get; init; }

    /// <summary>Longest time without traffic, in seconds.</summary>
    public long? IdleTimeout { get; init; }

    /// <summary>Time between Interim-Updates, in seconds.</summary>
    public long? InterimInterval { get; init; }

    /// <summary>Most bits per second from the client.</summary>
    public long? UploadRate { get; init; }

    /// <summary>Most bits per second to the client.</summary>
    public long? DownloadRate { get; init; }

    /// <summary>Most octets from the client.</summary>
    public long? InputQuota { get; init; }

    /// <summary>Most octets to the client.</summary>
    public long? OutputQuota { get; init; }

    /// <summary>Most octets both ways.</summary>
    public long? TotalQuota { get; init; }

    /// <summary>Bits per second each way once a quota has been reached, instead of the end.</summary>
    public long? ThrottleRate { get; init; }

    internal static SimulationLimits? Of(SessionLimits? limits) => limits is null ? null : new SimulationLimits
    {
        SessionTimeout = (long?)limits.SessionTimeout?.TotalSeconds,
        IdleTimeout = (long?)limits.IdleTimeout?.TotalSeconds,
        InterimInterval = (long?)limits.InterimInterval?.TotalSeconds,
        UploadRate = limits.UploadRate,
        DownloadRate = limits.DownloadRate,
        InputQuota = limits.InputQuota,
        OutputQuota = limits.OutputQuota,
        TotalQuota = limits.TotalQuota,
        ThrottleRate = limits.ThrottleRate,
    };
}
