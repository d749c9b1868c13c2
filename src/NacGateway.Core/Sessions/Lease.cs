namespace NacGateway.Core.Sessions;

/// <summary>The binding of an IP address to the device that holds it.</summary>
/// <param name="Address">The address.</param>
/// <param name="Mac">The device's hardware address.</param>
/// <param name="Interface">The interface behind which it lives; null where the source does not know.</param>
/// <param name="Source">How it is known.</param>
public sealed record Lease(ClientKey Address, MacAddress Mac, string? Interface, LeaseSource Source);
