using NacGateway.Web.Tests.Gate.Forwarding;

namespace NacGateway.Web.Tests.Gate.Probes;

/// <summary>One client's probe.</summary>
/// <param name="Client">Who asks so.</param>
/// <param name="Host">The host asked.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Fields">Further fields, each with its line end.</param>
/// <param name="Answer">What the host itself answers: the head without framing, an empty line, the body.</param>
/// <param name="Judge">What the client makes of an answer.</param>
/// <param name="Without302">What it makes of 511.</param>
internal sealed record Probe(string Client, string Host, string Target, string Fields, string Answer, Func<RawResponse, Verdict> Judge, Verdict Without302 = Verdict.Portal)
{
    private const string Browser = "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/60.0.3112.32 Safari/537.36\r\n";
    private const string NoContent = "HTTP/1.1 204 No Content\r\n\r\n";
    private const string Canonical = "<meta http-equiv=\"refresh\" content=\"0;url=https://support.mozilla.org/kb/captive-portal\"/>";
    private const string Success = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>";
    private const string NetworkManagerText = "NetworkManager is online";

    public static IReadOnlyList<Probe> All { get; } =
    [
        new("Android", "connectivitycheck.gstatic.com", "/generate_204", Browser, NoContent, Verdicts.Android, Verdict.Failed),
        new("Android, first fallback", "www.google.com", "/gen_204", Browser, NoContent, Verdicts.Android, Verdict.Failed),
        new("Android, second fallback", "play.googleapis.com", "/generate_204", Browser, NoContent, Verdicts.Android, Verdict.Failed),
        new("Android of a vendor in no list", "check.vendor.test", "/generate_204", Browser, NoContent, Verdicts.Android, Verdict.Failed),
        new("Samsung", "connectivity.samsung.com", "/generate_204", Browser, NoContent, Verdicts.Android, Verdict.Failed),
        new("GrapheneOS", "connectivitycheck.grapheneos.network", "/generate_204", Browser, NoContent, Verdicts.Android, Verdict.Failed),
        new("ChromeOS", "www.gstatic.com", "/generate_204", Browser, NoContent, Verdicts.ChromeOs, Verdict.Failed),
        new("ChromeOS, fallback", "safebrowsing.google.com", "/generate_204", Browser, NoContent, Verdicts.ChromeOs, Verdict.Failed),
        new("Chromium", "connectivitycheck.gstatic.com", "/generate_204", Browser, NoContent, Verdicts.Chromium),
        new("iOS", "captive.apple.com", "/hotspot-detect.html", "User-Agent: CaptiveNetworkSupport-443.0.3 wispr\r\n", Success, Verdicts.Apple, Verdict.Unproven),
        new("iOS, another host", "www.appleiphonecell.com", "/", "User-Agent: CaptiveNetworkSupport-443.0.3 wispr\r\n", Success, Verdicts.Apple, Verdict.Unproven),
        new("macOS", "www.apple.com", "/library/test/success.html", "", Success, Verdicts.Apple, Verdict.Unproven),
        new("Windows", "www.msftconnecttest.com", "/connecttest.txt", "User-Agent: Microsoft NCSI\r\n", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nMicrosoft Connect Test", answer => Verdicts.Windows(answer, "Microsoft Connect Test")),
        new("Windows before 1607", "www.msftncsi.com", "/ncsi.txt", "User-Agent: Microsoft NCSI\r\n", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nMicrosoft NCSI", answer => Verdicts.Windows(answer, "Microsoft NCSI")),
        new("Firefox", "detectportal.firefox.com", "/canonical.html", "Cache-Control: no-cache\r\n", $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{Canonical}", answer => Verdicts.Firefox(answer, Canonical)),
        new("Firefox, by family", "detectportal.firefox.com", "/success.txt?ipv4", "", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nsuccess\n", answer => Verdicts.Firefox(answer, "success\n")),
        new("NetworkManager of Debian", "network-test.debian.org", "/nm", "Connection: close\r\n", $"HTTP/1.1 200 OK\r\n\r\n{NetworkManagerText}\n", answer => Verdicts.NetworkManager(answer, NetworkManagerText)),
        new("NetworkManager of GNOME", "nmcheck.gnome.org", "/check_network_status.txt", "", $"HTTP/1.1 200 OK\r\n\r\n{NetworkManagerText}\n", answer => Verdicts.NetworkManager(answer, NetworkManagerText)),
        new("NetworkManager of Ubuntu", "connectivity-check.ubuntu.com", "/", "", "HTTP/1.1 204 No Content\r\nX-NetworkManager-Status: online\r\n\r\n", answer => Verdicts.NetworkManager(answer, "")),
        new("NetworkManager of Fedora", "fedoraproject.org", "/static/hotspot.txt", "", "HTTP/1.1 200 OK\r\n\r\nOK", answer => Verdicts.NetworkManager(answer, "OK")),
        new("NetworkManager of Arch", "ping.archlinux.org", "/nm-check.txt", "", $"HTTP/1.1 200 OK\r\n\r\n{NetworkManagerText}\n", answer => Verdicts.NetworkManager(answer, NetworkManagerText)),
        new("ConnMan", "ipv4.connman.net", "/online/status.html", "User-Agent: ConnMan/1.43 wispr\r\n", "HTTP/1.1 200 OK\r\nX-ConnMan-Status: online\r\n\r\n", Verdicts.ConnMan, Verdict.Failed),
    ];

    /// <summary>The request as the client writes it.</summary>
    public string Request(string host) => $"GET {Target} HTTP/1.1\r\nHost: {host}\r\n{Fields}\r\n";

    public override string ToString() => Client;
}
