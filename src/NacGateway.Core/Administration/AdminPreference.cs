namespace NacGateway.Core.Administration;

/// <summary>How an administrator wants his pages.</summary>
public sealed record AdminPreference
{
    /// <summary>Whose.</summary>
    public required string Owner { get; init; }

    /// <summary>Name of the preference, such as "theme".</summary>
    public required string Name { get; init; }

    /// <summary>Its value.</summary>
    public required string Value { get; set; }
}
