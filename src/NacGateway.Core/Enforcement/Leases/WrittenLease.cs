using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>A lease as a DHCP server wrote it down.</summary>
/// <param name="Address">The address.</param>
/// <param name="Mac">The device; null where the server does not know it, or took the address back.</param>
/// <param name="Expires">When it ends, UTC; null for never.</param>
/// <param name="IsGuess">Whether the MAC address is the one in the device's DUID, which it may have taken from any of its interfaces, even one that it no longer has.</param>
internal readonly record struct WrittenLease(ClientKey Address, MacAddress? Mac, DateTimeOffset? Expires, bool IsGuess = false);
