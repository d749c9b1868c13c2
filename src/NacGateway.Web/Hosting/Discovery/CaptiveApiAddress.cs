using System.Net;
using NacGateway.Web.Gate;
using NacGateway.Web.Portal;

namespace NacGateway.Web.Hosting.Discovery;

/// <summary>The URL that devices are told by DHCP and router advertisements (RFC 8910): that of the Captive Portal API (RFC 8908), always https.</summary>
/// <param name="Url">The URL; null when the settings give none.</param>
/// <param name="Error">Why they give none, with the key and the remedy.</param>
/// <param name="Warnings">What is allowed and will trouble devices.</param>
internal sealed record CaptiveApiAddress(Uri? Url, string? Error, IReadOnlyList<string> Warnings)
{
    /// <summary>What a DHCPv4 option has room for (RFC 8910 section 2.1: not longer than 255 octets, no NUL at its end).</summary>
    private const int MostOctets = 255;

    public static CaptiveApiAddress Find(PortalOptions portal)
    {
        ArgumentNullException.ThrowIfNull(portal);
        var listens = !string.IsNullOrEmpty(portal.ListenHttps);
        if (!listens && !portal.CaptiveApiOverHttp)
        {
            return Failed("Portal:ListenHttps is not set: devices ask the API by https only (RFC 8908 section 4.1). Set Portal:ListenHttps, Portal:CertificateFile and Portal:CertificateKeyFile; or Portal:CaptiveApiOverHttp=true where a proxy in front ends TLS.");
        }

        if (portal.PublicUrl is not { IsAbsoluteUri: true } publicUrl)
        {
            return Failed("Portal:PublicUrl is not set: the certificate is for a name, and only you know by which one devices reach the portal. Set it, such as https://login.example.org:8443.");
        }

        if (publicUrl.Scheme != Uri.UriSchemeHttps)
        {
            return Failed($"Portal:PublicUrl {publicUrl.GetLeftPart(UriPartial.Authority)} is http: devices ask the API by https only (RFC 8908 section 4.1). Make it the https address of the portal.");
        }

        var url = new Uri(PortalLink.Ascii(publicUrl), "/captive-api");
        return url.AbsoluteUri.Length > MostOctets
            ? Failed($"Portal:PublicUrl is too long: with /captive-api it has {url.AbsoluteUri.Length} octets, and a DHCP option holds {MostOctets} (RFC 8910 section 2.1).")
            : new CaptiveApiAddress(url, Error: null, [.. Doubts(url, portal)]);
    }

    private static CaptiveApiAddress Failed(string error) => new(Url: null, error, []);

    private static IEnumerable<string> Doubts(Uri url, PortalOptions portal)
    {
        if (url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6)
        {
            yield return $"Portal:PublicUrl names the address {url.Host}: the URL should have a name (RFC 8910 section 2), for which a public authority issues a certificate, and which leads devices of both address families here.";
        }

        if (IPEndPoint.TryParse(portal.ListenHttps ?? "", out var listen) && listen.Port is var port and not 0 && port != url.Port)
        {
            yield return $"Portal:PublicUrl is port {url.Port}, and Portal:ListenHttps is port {port}: devices reach the API only if something leads the one to the other.";
        }
    }
}
