namespace NacGateway.Core.Sessions;

/// <summary>How the gateway came to know who holds an address.</summary>
public enum LeaseSource
{
    None = 0,

    /// <summary>The kernel's neighbour table: the device answered for the address (ARP, or Neighbor Discovery).</summary>
    Neighbour = 1,

    /// <summary>A DHCP server's file of leases.</summary>
    Dhcp = 2,

    /// <summary>A packet that came from a known device with an address of its that nobody has seen yet.</summary>
    FirstPacket = 3,
}
