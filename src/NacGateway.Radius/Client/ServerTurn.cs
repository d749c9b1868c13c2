namespace NacGateway.Radius.Client;

/// <summary>A server's place in the order of one request.</summary>
/// <param name="Client">The server's client.</param>
/// <param name="IsUp">Whether it has a share of the budget.</param>
/// <param name="IsTrial">Whether it is asked only to learn whether it answers again.</param>
/// <param name="Patience">How long it is waited for alone; null: as the mode says.</param>
internal sealed record ServerTurn(RadiusClient Client, bool IsUp, bool IsTrial = false, TimeSpan? Patience = null);
