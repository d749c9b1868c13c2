namespace NacGateway.Web.Hosting.Discovery;

/// <summary>A program that tells devices how to join the network.</summary>
internal enum DhcpServer
{
    /// <summary>dnsmasq: DHCPv4, DHCPv6, and router advertisements without option 37.</summary>
    Dnsmasq,

    /// <summary>Kea: DHCPv4 and DHCPv6.</summary>
    Kea,

    /// <summary>radvd: router advertisements.</summary>
    Radvd,

    /// <summary>systemd-networkd: DHCPv4, and router advertisements without option 37.</summary>
    Networkd,
}
