namespace NacGateway.Web.Desk;

/// <summary>Metadata of a route. A route without it is refused at the start.</summary>
/// <param name="Right">Which right it takes; null where it is open to whoever reaches the listener.</param>
/// <param name="IsOpenLocally">Whether it takes none on the machine itself.</param>
internal sealed record DeskAccess(DeskRight? Right, bool IsOpenLocally = false);
