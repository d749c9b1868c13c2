using NacGateway.Core.Administration.Runtime;

namespace NacGateway.Web.Api.Settings;

/// <summary>A setting that may be changed while the gateway runs.</summary>
public sealed record SettingResource
{
    /// <summary>Its key, as in the configuration.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required string Purpose { get; init; }

    /// <summary>What may be written, with its unit.</summary>
    public required string Range { get; init; }

    /// <summary>Whom a change concerns, and from when.</summary>
    public required string Effect { get; init; }

    /// <summary>The value in force; one entry a line where it is a list.</summary>
    public required string Value { get; init; }

    /// <summary>The value that the configuration gives.</summary>
    public required string Configured { get; init; }

    /// <summary>Where the value in force comes from: "default", "file", "environment", "command line", or "here" where an administrator changed it.</summary>
    public required string Origin { get; init; }

    /// <summary>Id of the version in force; null while nobody has changed it.</summary>
    public required long? Version { get; init; }

    /// <summary>Who made it; null while nobody has changed it.</summary>
    public required string? CreatedBy { get; init; }

    /// <summary>When; null while nobody has changed it.</summary>
    public required DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Why the newest version is left aside; empty where it is in force.</summary>
    public required IReadOnlyList<string> Errors { get; init; }

    internal static SettingResource Of(SettingState state, string origin) => new()
    {
        Name = state.Setting.Name,
        Purpose = state.Setting.Purpose,
        Range = state.Setting.Range,
        Effect = state.Setting.Effect,
        Value = state.Value,
        Configured = state.Setting.Configured(),
        Origin = state.IsChanged ? "here" : origin,
        Version = state.InForce?.Id,
        CreatedBy = state.InForce?.CreatedBy,
        CreatedAt = state.InForce?.CreatedAt,
        Errors = state.Errors,
    };
}
