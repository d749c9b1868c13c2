using NacGateway.Core.Administration.Runtime;
using NacGateway.Web.Desk.Rules;

namespace NacGateway.Web.Admin.Settings;

/// <summary>The settings that may be changed while the gateway runs, and those that may not.</summary>
/// <param name="Settings">Each with where its configured value comes from.</param>
/// <param name="Others">What else the configuration sets; it takes a restart.</param>
public sealed record SettingsModel(IReadOnlyList<(SettingState State, string Origin)> Settings, IReadOnlyList<ConfiguredValue> Others);
