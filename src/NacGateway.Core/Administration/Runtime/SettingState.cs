namespace NacGateway.Core.Administration.Runtime;

/// <summary>How a setting stands at this gateway.</summary>
/// <param name="Setting">Which.</param>
/// <param name="InForce">The kept version that is in force; null while nobody has changed it.</param>
/// <param name="Newest">The newest one that is kept; another than <paramref name="InForce"/> where it is not valid.</param>
/// <param name="Errors">Why the newest is left aside.</param>
public sealed record SettingState(RuntimeSetting Setting, SettingVersion? InForce, SettingVersion? Newest, IReadOnlyList<string> Errors)
{
    /// <summary>The value in force.</summary>
    public string Value => InForce?.Value ?? Setting.Configured();

    /// <summary>Whether an administrator's value is in force, and not that of the configuration.</summary>
    public bool IsChanged => InForce?.Value is not null;

    /// <summary>What a change is made from: the newest version, 0 for none.</summary>
    public long Version => Newest?.Id ?? 0;
}
