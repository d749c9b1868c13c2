namespace NacGateway.Aaa.Scenarios;

/// <summary>What goes wrong, and for which requests. Immutable.</summary>
/// <param name="Name">For lines of output.</param>
/// <param name="When">Which requests.</param>
/// <param name="Faults">What goes wrong, each with what the one before left.</param>
internal sealed record ScenarioStep(string Name, Selection When, IReadOnlyList<IFault> Faults);
