namespace NacGateway.Core.Policy.Reading;

/// <summary>A role in words.</summary>
public sealed record RoleReading
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its limits and devices, each as part of a sentence; empty for none.</summary>
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary>Lines of its destinations; null for everything that the gateway forwards to.</summary>
    public IReadOnlyList<string>? Destinations { get; init; }

    /// <summary>What those who had it get when no server answers, as a sentence; null for nothing.</summary>
    public string? Outage { get; init; }
}
