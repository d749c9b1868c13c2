using System.Runtime.InteropServices;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>An element as the kernel has it.</summary>
/// <param name="Mac">The hardware address; zero in sets without.</param>
/// <param name="Address">The IP address.</param>
/// <param name="Octets">Its counter; 0 without one.</param>
/// <param name="Remaining">When it ends by itself; null for never.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct KernelElement(MacAddress Mac, ClientKey Address, long Octets, TimeSpan? Remaining);
