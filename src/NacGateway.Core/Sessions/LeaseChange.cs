namespace NacGateway.Core.Sessions;

/// <summary>That an address has a holder, another one, or none any more.</summary>
/// <param name="Address">The address.</param>
/// <param name="Now">Who holds it; null for nobody.</param>
/// <param name="Before">Who held it; null for nobody.</param>
public sealed record LeaseChange(ClientKey Address, Lease? Now, Lease? Before);
