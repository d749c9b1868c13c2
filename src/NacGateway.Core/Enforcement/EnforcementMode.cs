namespace NacGateway.Core.Enforcement;

/// <summary>What opens the network.</summary>
public enum EnforcementMode
{
    /// <summary>Only the gate: whatever does not go through it is somebody else's business.</summary>
    ProxyOnly = 0,

    /// <summary>The kernel, too: the gateway is the router, and nftables lets through whoever has a session.</summary>
    Nftables = 1,
}
