namespace NacGateway.Core.Enforcement;

/// <summary>What the kernel holds of ours, as it is.</summary>
public sealed record EnforcementReport
{
    /// <summary>Whether our table is there.</summary>
    public required bool Exists { get; init; }

    /// <summary>IPv4 addresses that are let through.</summary>
    public int Devices4 { get; init; }

    /// <summary>IPv6 addresses that are let through.</summary>
    public int Devices6 { get; init; }

    /// <summary>Of both, those that have a rate or destinations of a role.</summary>
    public int Bounded { get; init; }

    /// <summary>Octets from devices that its counters hold.</summary>
    public long InputOctets { get; init; }

    /// <summary>Octets to devices that its counters hold.</summary>
    public long OutputOctets { get; init; }

    /// <summary>The rules without elements, in nft's language.</summary>
    public string Rules { get; init; } = "";
}
