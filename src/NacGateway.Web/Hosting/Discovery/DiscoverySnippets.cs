using System.Text.Encodings.Web;
using System.Text.Json;

namespace NacGateway.Web.Hosting.Discovery;

/// <summary>
/// What to write into the configuration of a DHCP server or router advertiser, so that it tells devices the URL of the Captive Portal API.
/// All that announce it on one network must say the same (RFC 8910 section 3).
/// </summary>
internal static class DiscoverySnippets
{
    /// <summary>Begins every file that <c>discovery --write</c> made.</summary>
    public const string Mark = "Written by nacgateway discovery";

    public static string Of(DhcpServer server, Uri url, string lan)
    {
        ArgumentNullException.ThrowIfNull(url);

        // Nothing but what a URL may hold: no quote, no comma and no space can end a value early in one of these files.
        var address = url.AbsoluteUri.Replace(",", "%2C", StringComparison.Ordinal).Replace("'", "%27", StringComparison.Ordinal);
        return server switch
        {
            DhcpServer.Dnsmasq => Dnsmasq(address),
            DhcpServer.Kea => Kea(address),
            DhcpServer.Radvd => Radvd(address, lan),
            DhcpServer.Networkd => Networkd(address, lan),
            _ => throw new ArgumentOutOfRangeException(nameof(server)),
        };
    }

    private static string Dnsmasq(string url) =>
        $"""
        # {Mark}: dnsmasq, any version that has option6: (2.60 or later). A file in /etc/dnsmasq.d.

        # DHCPv4 option 114 (RFC 8910 section 2.1), to devices that ask for it, as they all do who understand it.
        dhcp-option=114,{url}
        # To those, too, that do not ask; write it in place of the line above:
        #dhcp-option-force=114,{url}

        # DHCPv6 option 103 (section 2.2). Devices with addresses of their own choice get it by an information request, for which there
        # must be a line such as: dhcp-range=::,constructor:lan0,ra-stateless
        dhcp-option=option6:103,{url}

        # Router advertisements: dnsmasq (2.90 was looked at) has no setting for option 37 (section 2.3). Android and iOS have it by DHCPv4;
        # where a network has no DHCPv4, let radvd advertise instead, and leave enable-ra and the ra- modes of dhcp-range out here.

        """;

    /// <summary>By number and not by name: up to Kea 2.0 the name v4-captive-portal was that of option 160 (RFC 7710), which devices no longer ask for.</summary>
    private static string Kea(string url) =>
        $$"""
        // {{Mark}}: Kea 1.8 or later (tested with 2.2). Two pieces to put among what
        // the two files have. Kea reads these comments. No option-def is needed: both options are known as strings.

        // kea-dhcp4.conf: DHCPv4 option 114 (RFC 8910 section 2.1). "always-send": true sends it to those, too, that do not ask.
        // Option 114 is named v4-captive-portal from Kea 2.1.2 on, and before that the name means option 160: so it is given by its number.
        {
          "Dhcp4": {
            "option-data": [
              { "space": "dhcp4", "code": 114, "data": {{Quoted(url)}} }
            ]
          }
        }

        // kea-dhcp6.conf: DHCPv6 option 103, v6-captive-portal (section 2.2).
        {
          "Dhcp6": {
            "option-data": [
              { "space": "dhcp6", "code": 103, "data": {{Quoted(url)}} }
            ]
          }
        }

        // Router advertisements with option 37 are not Kea's: see radvd.

        """;

    private static string Radvd(string url, string lan) =>
        $$"""
        # {{Mark}}: radvd 2.20 or later. Version 2.19, which is that of Debian 12, has no AdvCaptivePortalAPI and refuses the whole file.
        # The interface has one block in radvd.conf: if there is one already, take the line with AdvCaptivePortalAPI alone.
        interface {{lan}}
        {
            AdvSendAdvert on;
            # Router advertisement option 37 (RFC 8910 section 2.3).
            AdvCaptivePortalAPI "{{url}}";
            prefix ::/64
            {
            };
        };

        """;

    private static string Networkd(string url, string lan) =>
        $"""
        # {Mark}: systemd-networkd 244 or later. Put it as a drop-in beside the file of the interface that has DHCPServer=yes,
        # such as /etc/systemd/network/{lan}.network.d/captive-portal.conf, then: networkctl reload
        [DHCPServer]
        # DHCPv4 option 114 (RFC 8910 section 2.1).
        SendOption=114:string:{url}

        # Its router advertisements (IPv6SendRA=yes) cannot carry option 37 (section 2.3) up to version 259 at least, and it is no DHCPv6 server:
        # where devices must have the URL by IPv6, let radvd advertise instead, with IPv6SendRA=no here.

        """;

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
