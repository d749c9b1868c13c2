namespace NacGateway.Web.Api.Settings;

/// <summary>What a value would mean.</summary>
/// <param name="Value">As it would be kept; null for that of the configuration.</param>
/// <param name="Consequences">Whom it would concern and how, in sentences.</param>
public sealed record SettingTrialResource(string? Value, IReadOnlyList<string> Consequences);
