namespace NacGateway.Aaa.Scenarios;

/// <summary>A step that applied to a request, for a line of output.</summary>
/// <param name="Port">Where the request came.</param>
/// <param name="Number">The how many-th request there.</param>
/// <param name="UserName">Whose; untrusted text.</param>
/// <param name="Step">The step's name.</param>
/// <param name="Faults">What goes wrong.</param>
public sealed record FaultEvent(ScenarioPort Port, long Number, string UserName, string Step, IReadOnlyList<string> Faults);
