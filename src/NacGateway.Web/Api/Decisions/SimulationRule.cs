using NacGateway.Core.Policy;

namespace NacGateway.Web.Api.Decisions;

/// <summary>How a rule fares in a simulation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fate">Whether it held.</param>
/// <param name="Reason">Why it did not, as part of a sentence; null where it held or was not asked.</param>
public sealed record SimulationRule(string Name, RuleFate Fate, string? Reason);
