namespace NacGateway.Core.Enforcement.Leases;

/// <summary>How a DHCP server writes its leases.</summary>
public enum LeaseFileFormat
{
    /// <summary>dnsmasq's <c>dnsmasq.leases</c>, both families.</summary>
    Dnsmasq = 0,

    /// <summary>Kea's memfile in CSV, <c>kea-leases4.csv</c> or <c>kea-leases6.csv</c>, with the files of its clean-up beside it.</summary>
    Kea = 1,
}
