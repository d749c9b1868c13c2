using NacGateway.Core.Enforcement.Leases;

namespace NacGateway.Core.Enforcement;

/// <summary>Settings of what opens the network below HTTP.</summary>
public sealed class EnforcementOptions
{
    public const string Section = "Enforcement";

    /// <summary>What opens the network. Default <c>ProxyOnly</c>.</summary>
    public EnforcementMode Mode { get; set; } = EnforcementMode.ProxyOnly;

    /// <summary>
    /// Interfaces behind which the devices are, such as <c>eth1</c> or <c>br-lan</c>. Needed with <c>Nftables</c>; also says whose neighbours are
    /// watched, so that devices are known by their MAC addresses. Default: none.
    /// </summary>
    public IList<string> LanInterfaces { get; init; } = [];

    /// <summary>Files in which DHCP servers on this machine write their leases; beside the neighbours, so that a device is known before it speaks. Default: none.</summary>
    public IList<LeaseFileOptions> LeaseFiles { get; init; } = [];

    /// <summary>
    /// Interfaces behind which the Internet is. What devices send out there carries the gateway's own IPv4 address (masquerade). Default: none,
    /// then the addresses of the devices are routed as they are, or something else translates them.
    /// </summary>
    public IList<string> MasqueradeInterfaces { get; init; } = [];

    /// <summary>
    /// Ports of the gateway itself that devices may reach besides the gate, the portal, DNS and DHCP, as <c>tcp/22</c> or <c>udp/123</c>.
    /// Default: none; what is not named is closed to them, signed in or not.
    /// </summary>
    public IList<string> GatewayPorts { get; init; } = [];

    /// <summary>Addresses of DNS servers that devices may ask before they are signed in, besides the gateway itself. Default: none.</summary>
    public IList<string> Resolvers { get; init; } = [];

    /// <summary>DNS queries per second of one device that is not signed in; more are dropped, for they may be a tunnel. Default 20, burst five times that.</summary>
    public int DnsQueriesPerSecond { get; set; } = 20;

    /// <summary>How often octets are read from the kernel. Default 5 s; idle time-outs and quotas are as exact as that.</summary>
    public TimeSpan CounterInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether the gateway switches IP forwarding on once its rules are in place. Default true: until then the router routes nothing, so nothing is
    /// open while it starts.
    /// </summary>
    public bool SwitchForwarding { get; set; } = true;

    /// <summary>
    /// File that dnsmasq reads, where the gateway writes which names' addresses the kernel is to learn: those of the walled garden, and of roles'
    /// destinations, such as <c>/etc/dnsmasq.d/nacgateway-names.conf</c>. Default: none, names open nothing in the kernel then.
    /// </summary>
    public string? DnsmasqFile { get; set; }

    /// <summary>
    /// Program and arguments that let dnsmasq read its files anew after a change, such as <c>systemctl</c>, <c>restart</c>, <c>dnsmasq</c>; run
    /// without a shell. Default: none, something else watches the file.
    /// </summary>
    public IList<string> DnsmasqReload { get; init; } = [];
}
