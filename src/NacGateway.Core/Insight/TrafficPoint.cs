namespace NacGateway.Core.Insight;

/// <summary>What a session had carried at an instant.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="InputOctets">Octets from the client since its start.</param>
/// <param name="OutputOctets">Octets to the client since its start.</param>
public sealed record TrafficPoint(DateTimeOffset At, long InputOctets, long OutputOctets);
