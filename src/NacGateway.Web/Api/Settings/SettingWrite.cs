namespace NacGateway.Web.Api.Settings;

/// <summary>A value for a setting.</summary>
public sealed record SettingWrite
{
    /// <summary>One entry a line where it is a list; null for that of the configuration.</summary>
    public required string? Value { get; init; }
}
