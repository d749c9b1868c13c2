namespace NacGateway.Core.Storage;

/// <summary>
/// Which gateway this is among those that share a database: each owns the sessions that it opened. The name is the configured
/// NAS-Identifier, by which the RADIUS servers tell the gateways apart as well.
/// </summary>
/// <param name="Name">1 to 253 characters, the same after a restart.</param>
public sealed record GatewayIdentity(string Name)
{
    /// <summary>Used where none is configured. Not the machine's name: in a container that changes, and the sessions would belong to nobody.</summary>
    public const string DefaultName = "nacgateway";
}
