namespace NacGateway.Web.Hosting.Listeners;

/// <summary>A connection's mark: set by its listener before the first byte is read, and out of reach of anything a client sends.</summary>
/// <param name="Kind">The listener.</param>
internal sealed record ListenerTag(ListenerKind Kind);
