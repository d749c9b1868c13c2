using System.Diagnostics.CodeAnalysis;

namespace NacGateway.Core.Enforcement.Netlink;

/// <summary>The parts of the kernel that are spoken to (linux/netlink.h).</summary>
[SuppressMessage("Design", "CA1008", Justification = "The kernel's numbers; 0 is a family of its own.")]
internal enum NetlinkFamily
{
    /// <summary>Interfaces, addresses, neighbours (NETLINK_ROUTE).</summary>
    Route = 0,

    /// <summary>nftables, connection tracking, packet logs (NETLINK_NETFILTER).</summary>
    Netfilter = 12,
}
