using System.Runtime.InteropServices;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>One pair that is let through: the hardware address together with the IP address.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EnforcedLease(MacAddress Mac, ClientKey Address)
{
    public bool IsIPv6 => (Address.Bits >> 32) != 0xffff;

    /// <summary>The last letter of the sets that it is in.</summary>
    public char Family => IsIPv6 ? '6' : '4';
}
