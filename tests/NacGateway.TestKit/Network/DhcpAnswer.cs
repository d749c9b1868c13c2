using System.Net;

namespace NacGateway.TestKit.Network;

/// <summary>What a device learned by DHCP.</summary>
/// <param name="Address">The address it was given; null where it asked for none.</param>
/// <param name="CaptivePortal">The URL of RFC 8910; null when there was none.</param>
public sealed record DhcpAnswer(IPAddress? Address, string? CaptivePortal);
