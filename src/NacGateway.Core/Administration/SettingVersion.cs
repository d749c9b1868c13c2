namespace NacGateway.Core.Administration;

/// <summary>A setting that was changed while the gateway runs. The newest version of a name is in force; earlier ones are its history.</summary>
public sealed record SettingVersion
{
    /// <summary>Key; grows.</summary>
    public long Id { get; init; }

    /// <summary>Its name as in the configuration, such as "WalledGarden:Hosts".</summary>
    public required string Name { get; init; }

    /// <summary>Its value, one entry a line where it is a list; null gives way to the configuration again.</summary>
    public string? Value { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>By whom.</summary>
    public required string CreatedBy { get; init; }
}
