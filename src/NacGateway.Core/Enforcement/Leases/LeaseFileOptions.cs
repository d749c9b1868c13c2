namespace NacGateway.Core.Enforcement.Leases;

/// <summary>A DHCP server's file of leases.</summary>
public sealed class LeaseFileOptions
{
    /// <summary>Where it is, such as <c>/var/lib/misc/dnsmasq.leases</c>. The gateway must be allowed to read it.</summary>
    public string Path { get; set; } = "";

    /// <summary>Who writes it: <c>Dnsmasq</c> or <c>Kea</c>. Default <c>Dnsmasq</c>.</summary>
    public LeaseFileFormat Format { get; set; } = LeaseFileFormat.Dnsmasq;
}
