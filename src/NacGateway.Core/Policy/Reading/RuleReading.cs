namespace NacGateway.Core.Policy.Reading;

/// <summary>A rule in words.</summary>
public sealed record RuleReading
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What must hold, each as part of a sentence; empty for always.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }

    /// <summary>Whether it refuses.</summary>
    public required bool IsRefusal { get; init; }

    /// <summary>Names of the roles that it gives.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>What the person is told of the refusal; null for nothing.</summary>
    public string? Message { get; init; }

    /// <summary>Whether it asks for a device's MAC address, so that it holds at no sign-in where that is not learned.</summary>
    public required bool AsksForDevice { get; init; }
}
