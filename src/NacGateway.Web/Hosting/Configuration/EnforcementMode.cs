namespace NacGateway.Web.Hosting.Configuration;

/// <summary>What opens the network. The name is promised with both values; the check refuses the one that is not there yet.</summary>
internal enum EnforcementMode
{
    ProxyOnly = 0,
    Nftables,
}
