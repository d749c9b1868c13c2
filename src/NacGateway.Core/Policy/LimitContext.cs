namespace NacGateway.Core.Policy;

/// <summary>What attributes alone do not say, but their meaning depends on.</summary>
public sealed record LimitContext
{
    /// <summary>When the session began or begins: limits count from then.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Zone of a time of day that comes without one.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>
    /// What the session had used when its server last accepted it again, as time and octets: limits of the gateway and of roles count on from
    /// there. Null where it was not accepted again, or where nobody knows any more.
    /// </summary>
    public SessionLimits? RenewedAfter { get; init; }

    /// <summary>This gateway's own limits, which no server can lift.</summary>
    public SessionLimits Local { get; init; } = new();

    /// <summary>This gateway's own limit of devices, which no role can lift; null when it has none.</summary>
    public DeviceRule? LocalDevices { get; init; }

    /// <summary>Whether an Accept with a standard attribute that nobody here knows counts as a Reject (RFC 5080 section 2.5).</summary>
    public bool RejectsUnknownAttributes { get; init; }

    /// <summary>The rules, which know the roles.</summary>
    public AccessPolicy Policy { get; init; } = AccessPolicy.None;
}
