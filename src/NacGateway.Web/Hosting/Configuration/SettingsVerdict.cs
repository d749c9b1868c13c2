namespace NacGateway.Web.Hosting.Configuration;

/// <summary>What the look at all settings found.</summary>
/// <param name="Settings">The settings that can be bound.</param>
/// <param name="Sources">The layers that they come from.</param>
/// <param name="Errors">Each with its key and the remedy; the gateway starts only when there are none.</param>
/// <param name="Warnings">Things that are allowed and should be known.</param>
internal sealed record SettingsVerdict(IConfigurationRoot Settings, IConfiguration Sources, IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings);
