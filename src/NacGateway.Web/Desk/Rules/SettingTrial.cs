using NacGateway.Core.Administration.Runtime;

namespace NacGateway.Web.Desk.Rules;

/// <summary>What a value of a setting would mean.</summary>
/// <param name="State">The setting as it stands.</param>
/// <param name="Value">The value as it would be kept; null for that of the configuration.</param>
/// <param name="Errors">What is wrong with it.</param>
/// <param name="Consequences">Who would be concerned and how, in sentences.</param>
public sealed record SettingTrial(SettingState State, string? Value, IReadOnlyList<string> Errors, IReadOnlyList<string> Consequences);
