namespace NacGateway.Web.Desk.Decisions;

/// <summary>What is wrong with a field of the simulator.</summary>
/// <param name="Field">Name of the field in the URL, or <c>document</c>.</param>
/// <param name="Text">What is wrong and what would be right; with the line where there are several.</param>
public sealed record SimulationError(string Field, string Text);
