using System.Net;
using System.Net.Sockets;

namespace NacGateway.Core.Authentication;

/// <summary>Which of our addresses goes into NAS-IP-Address or NAS-IPv6-Address.</summary>
internal static class NasAddress
{
    /// <summary>The address, or null where it says nothing beyond its own link (RFC 5080 section 2.7.1): NAS-Identifier suffices (RFC 2865 section 4.1).</summary>
    public static IPAddress? Announced(IPAddress? own) =>
        own is null || own.IsIPv6LinkLocal || (own.AddressFamily == AddressFamily.InterNetwork && own.GetAddressBytes() is [169, 254, ..]) ? null : own;
}
