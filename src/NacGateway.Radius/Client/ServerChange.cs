namespace NacGateway.Radius.Client;

/// <summary>A change of a server's state.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record ServerChange(DateTimeOffset At, ServerState From, ServerState To, string Reason);
