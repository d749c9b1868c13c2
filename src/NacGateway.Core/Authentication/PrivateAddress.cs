using System.Net;

namespace NacGateway.Core.Authentication;

/// <summary>Which addresses no packet of the internet comes to or from: this machine, the link, and private networks (RFC 1918, RFC 4193, RFC 6598).</summary>
internal static class PrivateAddress
{
    private static readonly IPNetwork[] s_networks =
    [
        .. ((string[])["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10"]).Select(IPNetwork.Parse),
    ];

    public static bool Is(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return s_networks.Any(network => network.Contains(plain));
    }
}
