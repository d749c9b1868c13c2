namespace NacGateway.Web.Api.Radius;

/// <summary>A change of a server's state.</summary>
/// <param name="At">When.</param>
/// <param name="To">The state after: Alive, Suspect, Dead or Probing.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record ServerChangeItem(DateTimeOffset At, string To, string Reason);
