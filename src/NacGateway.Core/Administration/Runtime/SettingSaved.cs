namespace NacGateway.Core.Administration.Runtime;

/// <summary>What came of saving a setting.</summary>
/// <param name="Newest">The newest version that is kept; null for none.</param>
/// <param name="IsNew">Whether this call made it.</param>
/// <param name="Errors">What is wrong with the value.</param>
public sealed record SettingSaved(SettingVersion? Newest, bool IsNew, IReadOnlyList<string> Errors)
{
    /// <summary>Whether somebody else saved one meanwhile, so that nothing was saved.</summary>
    public bool IsOvertaken { get; init; }
}
