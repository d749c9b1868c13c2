using System.Text.Json;
using NacGateway.TestKit;
using NacGateway.TestKit.Network;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Network;

/// <summary>RFC 8910 and RFC 8908 as a device meets them: DHCP names the API, and the API says whether the device is held back.</summary>
public sealed class DiscoveryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_learns_by_DHCP_where_to_ask_and_there_that_it_is_held_back_and_then_free_in_both_families()
    {
        await using var site = await LabSite.StartAsync(Cancel);

        var version4 = await DhcpClients.AskIPv4Async(site.Client, Cancel);
        var version6 = await DhcpClients.AskIPv6Async(site.Client, Cancel);
        var before = await AskAsync(site, version4.CaptivePortal!);
        await site.SignInAsync(Cancel);
        var after = await AskAsync(site, version4.CaptivePortal!);

        Assert.StartsWith("10.77.0.2", version4.Address!.ToString(), StringComparison.Ordinal);
        Assert.Equal("https://login.test:8443/captive-api", version4.CaptivePortal);
        Assert.Equal(version4.CaptivePortal, version6.CaptivePortal); // RFC 8910 section 3: all ways name the same.
        Assert.All(before, answer => Assert.Equal((true, "https://login.test:8443/portal"), answer));
        Assert.All(after, answer => Assert.Equal((false, "https://login.test:8443/portal"), answer));
    }

    [Fact]
    public async Task Networkd_says_what_its_snippet_tells_it_to()
    {
        // `ip netns exec` has given this process mounts of its own, where the files of the test are the only ones.
        const string Prepare = """
            set -e
            mount -o remount,ro /sys
            mount -t tmpfs tmpfs /run
            mkdir -p /run/systemd/network /run/systemd/netif
            cp -r "$1"/. /run/systemd/network/
            chown systemd-network:systemd-network /run/systemd/netif
            chmod -R a+rX /run/systemd
            shift
            exec "$@"
            """;
        Assert.SkipWhen(NetLab.Missing is not null, NetLab.Missing ?? "");
        var networkd = Component.Require("systemd-networkd", "systemd", "/lib/systemd/systemd-networkd");
        await using var lab = await NetLab.CreateAsync(1, Cancel);
        using var folder = new TemporaryFolder("networkd");
        folder.Write("files/lan0.network", "[Match]\nName=lan0\n[Network]\nAddress=10.77.0.1/24\nDHCPServer=yes\n");
        Directory.CreateDirectory(folder["files/lan0.network.d"]);
        await PrintAsync("networkd", folder["files/lan0.network.d/captive-portal.conf"]);

        // Its addresses are its own to give: it waits for ever for one that somebody else gave with other lifetimes.
        await lab.Gateway.IpAsync(Cancel, "address", "flush", "dev", lab.Gateway.Device);
        var server = lab.Gateway.Start(
            "/bin/sh", ["-c", Prepare, "prepare", folder["files"], networkd], new Dictionary<string, string?>(StringComparer.Ordinal) { ["SYSTEMD_LOG_LEVEL"] = "debug" });
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        await server.WaitForLineAsync(line => line.Contains("DHCPv4 server: STARTED", StringComparison.Ordinal), limit.Token);

        Assert.Equal("https://login.test:8443/captive-api", (await DhcpClients.AskIPv4Async(lab.Clients[0], Cancel)).CaptivePortal);
    }

    /// <summary>Lets the real program write its snippet.</summary>
    private static async Task PrintAsync(string server, string file)
    {
        using var pki = new TestPki();
        using var folder = new TemporaryFolder("discovery");
        var (certificate, key, _) = pki.Write(folder, "portal", pki.Issue("portal", LabSite.PortalName));
        await ChildProcess.RunAsync(
            GatewayProcess.Executable,
            [
                "discovery", "--server", server, "--write", file, $"--Portal:PublicUrl={LabSite.Portal}", "--Portal:ListenHttps=[::]:8443",
                $"--Portal:CertificateFile={certificate}", $"--Portal:CertificateKeyFile={key}",
                "--Radius:Servers:0:Name=main", "--Radius:Servers:0:Host=127.0.0.1", "--Radius:Servers:0:Secret=a-secret-of-enough-octets", "--Accounting:Enabled=false",
            ],
            Cancel);
    }

    /// <summary>What the API says by IPv4 and by IPv6, to a client that checks the certificate.</summary>
    private static async Task<(bool Captive, string? Portal)[]> AskAsync(LabSite site, string url)
    {
        List<(bool, string?)> answers = [];
        foreach (var family in (string[])["-4", "-6"])
        {
            var answer = await site.CurlAsync([family, "-H", "Accept: application/captive+json", url], Cancel);
            Assert.True(answer is { ExitCode: 0, Status: 200 }, answer.ToString());
            Assert.Equal("application/captive+json", answer.Header("Content-Type"));
            using var json = JsonDocument.Parse(answer.Output[answer.Output.IndexOf('{', StringComparison.Ordinal)..]);
            answers.Add((json.RootElement.GetProperty("captive").GetBoolean(), json.RootElement.GetProperty("user-portal-url").GetString()));
        }

        return [.. answers];
    }
}
