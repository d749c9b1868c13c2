namespace NacGateway.Core.Sessions;

/// <summary>What a client without a session asked the gate for, and got.</summary>
/// <param name="At">When, UTC; of several the last time.</param>
/// <param name="Answer">What it got.</param>
/// <param name="Host">Host that it asked for: foreign text, one line; null when it named none.</param>
/// <param name="Count">How often in a row.</param>
public sealed record ArrivalContact(DateTimeOffset At, ArrivalAnswer Answer, string? Host, int Count);
