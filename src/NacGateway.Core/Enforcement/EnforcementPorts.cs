namespace NacGateway.Core.Enforcement;

/// <summary>The listeners that devices must reach, as the settings have them.</summary>
/// <param name="Gate">TCP port of the gate, where intercepted requests are led.</param>
/// <param name="Portal">TCP ports of the portal.</param>
public sealed record EnforcementPorts(int Gate, IReadOnlyList<int> Portal);
