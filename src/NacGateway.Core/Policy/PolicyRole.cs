namespace NacGateway.Core.Policy;

/// <summary>A named bundle of limits that a rule, a Filter-Id or a CoA-Request can put a session under.</summary>
public sealed record PolicyRole
{
    /// <summary>Name, unique without regard to case.</summary>
    public required string Name { get; init; }

    /// <summary>Its limits; those that are null it does not have.</summary>
    public SessionLimits Limits { get; init; } = new();

    /// <summary>Devices of one user at once; null for what the settings say.</summary>
    public DeviceRule? Devices { get; init; }

    /// <summary>What may be reached; null is everything that the gateway forwards to.</summary>
    public DestinationList? Destinations { get; init; }

    /// <summary>What those who had this role get when no RADIUS server answers; null is nothing.</summary>
    public OutageRule? Outage { get; init; }
}
