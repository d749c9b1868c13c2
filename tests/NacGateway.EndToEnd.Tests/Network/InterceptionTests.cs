using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using NacGateway.TestKit;
using NacGateway.TestKit.Network;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Network;

/// <summary>Connections that the gateway's kernel leads to the gate go where they were going, whatever they say in HTTP.</summary>
public sealed partial class InterceptionTests
{
    private static readonly IPAddress Other4 = IPAddress.Parse("198.51.100.3");
    private static readonly IPAddress Other6 = IPAddress.Parse("2001:db8:64::3");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The rules as they stand on a router: tcp/80 of the clients to the gate, changed (redirect) or taken as it is (TPROXY).</summary>
    private const string Redirect = "add table inet t; add chain inet t pre { type nat hook prerouting priority dstnat; }; add rule inet t pre iifname lan0 tcp dport 80 redirect to :8080";

    private const string Tproxy = "add table inet t; add chain inet t pre { type filter hook prerouting priority mangle; }; "
        + "add rule inet t pre iifname lan0 meta nfproto ipv4 tcp dport 80 tproxy ip to :8080 meta mark set 1 accept; "
        + "add rule inet t pre iifname lan0 meta nfproto ipv6 tcp dport 80 tproxy ip6 to :8080 meta mark set 1 accept";

    [Fact]
    public async Task A_redirected_connection_reaches_the_address_that_it_was_going_to()
    {
        Assert.SkipWhen(NetLab.Missing is not null, NetLab.Missing ?? "");
        await using var lab = await NetLab.CreateAsync(1, Cancel);
        await AddRulesAsync(lab, Redirect);

        await ProveAsync(lab, transparent: false);
    }

    [Fact]
    public async Task A_connection_that_tproxy_hands_over_reaches_the_address_that_it_was_going_to()
    {
        Assert.SkipWhen(NetLab.Missing is not null, NetLab.Missing ?? "");
        await using var lab = await NetLab.CreateAsync(1, Cancel);
        await AddRulesAsync(lab, Tproxy);
        foreach (var family in (string[])["-4", "-6"])
        {
            await lab.Gateway.IpAsync(Cancel, family, "rule", "add", "fwmark", "1", "lookup", "100");
            await lab.Gateway.IpAsync(Cancel, family, "route", "add", "local", family == "-4" ? "0.0.0.0/0" : "::/0", "dev", "lo", "table", "100");
        }

        await ProveAsync(lab, transparent: true);
    }

    private static async Task ProveAsync(NetLab lab, bool transparent)
    {
        await using var sites = await AddressSite.StartAsync(lab.Internet, 80);
        await using var radius = await FreeRadiusServer.StartAsync(new FreeRadiusOptions(), Cancel, lab.Gateway);
        await lab.Internet.IpAsync(Cancel, "address", "add", $"{Other4}/24", "dev", "eth0");
        await lab.Internet.IpAsync(Cancel, "address", "add", $"{Other6}/64", "dev", "eth0", "nodad");
        Directory.CreateDirectory($"/etc/netns/{lab.Gateway.Name}");
        await File.WriteAllTextAsync($"/etc/netns/{lab.Gateway.Name}/hosts", $"127.0.0.1 localhost\n{Other4} other.test\n{Other6} other.test\n{Other4} garden.test\n", Cancel);
        await using var gateway = await GatewayProcess.StartAsync(Settings(radius, transparent), Cancel, lab.Gateway);

        await ProveAsync(lab, sites, lab.Internet.IPv4, lab.Gateway.IPv4, Other4);
        await ProveAsync(lab, sites, lab.Internet.IPv6, lab.Gateway.IPv6, Other6);
    }

    /// <summary>One family: site A by the address that the client connects to, and everything else by Host.</summary>
    private static async Task ProveAsync(NetLab lab, AddressSite sites, IPAddress siteA, IPAddress gateway, IPAddress other)
    {
        var client = lab.Clients[0];
        var before = sites.Requests;

        // 1. Before sign-in: 511, also for a name of the garden that is at another address; and the garden at its own.
        Assert.Equal(511, (await AskAsync(client, siteA, "other.test")).Status);
        Assert.Equal(511, (await AskAsync(client, siteA, "garden.test")).Status);
        Assert.Equal(511, (await Curl.RunAsync(["-p", "-x", $"http://{Url(siteA)}:80", "http://other.test:443/"], Cancel, client)).Status);
        Assert.Equal(before, sites.Requests);
        if (other.Equals(Other4))
        {
            Assert.Contains($"reached {other} as garden.test", (await AskAsync(client, other, "garden.test")).Output, StringComparison.Ordinal);
        }

        // 2. After it: the address counts, and Host goes on as it is.
        await SignInAsync(client, gateway);
        Assert.Contains($"reached {siteA} as other.test", (await AskAsync(client, siteA, "other.test")).Output, StringComparison.Ordinal);
        Assert.Contains($"reached {other} as a.test:8081", (await AskAsync(client, other, "a.test:8081")).Output, StringComparison.Ordinal);
        Assert.Contains($"reached {siteA} as 127.0.0.1:8082", (await AskAsync(client, siteA, "127.0.0.1:8082", "/healthz/live")).Output, StringComparison.Ordinal);
        Assert.Contains($"reached {siteA} as {Url(gateway)}:8082", (await AskAsync(client, siteA, $"{Url(gateway)}:8082", "/overview")).Output, StringComparison.Ordinal);
        var absolute = await Curl.RunAsync(["--request-target", "http://127.0.0.1:8082/healthz/live", $"http://{Url(siteA)}/"], Cancel, client);
        Assert.Contains($"reached {siteA} as 127.0.0.1:8082", absolute.Output, StringComparison.Ordinal);

        // 3. The gateway's own address is shut whatever is said, but for the portal; and an explicit proxy is one as before.
        Assert.Equal(403, (await AskAsync(client, gateway, "other.test")).Status);
        Assert.Equal(200, (await AskAsync(client, gateway, "10.77.0.1:8081", "/portal/status")).Status);
        var proxied = await Curl.RunAsync(["-x", $"http://{Url(gateway)}:8080", $"http://{Url(other)}/"], Cancel, client);
        Assert.Contains($"reached {other} as {Url(other)}", proxied.Output, StringComparison.Ordinal);
    }

    private static Task<CurlResult> AskAsync(NetNamespace client, IPAddress to, string host, string path = "/") =>
        Curl.RunAsync(["-H", $"Host: {host}", $"http://{Url(to)}{path}"], Cancel, client);

    private static async Task SignInAsync(NetNamespace client, IPAddress gateway)
    {
        var portal = $"http://{Url(gateway)}:8081";
        var page = await Curl.RunAsync([$"{portal}/portal"], Cancel, client);
        var token = Token.Match(page.Output);
        Assert.True(token.Success, page.Output);

        var answer = await Curl.RunAsync(
            ["-d", "username=alice", "-d", "password=wonderland", "-d", "terms=yes", "--data-urlencode", $"token={WebUtility.HtmlDecode(token.Groups["value"].Value)}", $"{portal}/portal/sign-in"], Cancel, client);

        Assert.True(answer.Status is 302 or 303, answer.Output);
    }

    private static async Task AddRulesAsync(NetLab lab, string rules) =>
        (await lab.Gateway.RunAsync(Component.Require("nft", "nftables", "/usr/sbin/nft"), [rules], Cancel)).OrThrow();

    private static Dictionary<string, string?> Settings(FreeRadiusServer radius, bool transparent) => new(StringComparer.Ordinal)
    {
        ["Gate:Listen"] = "[::]:8080",
        ["Gate:Transparent"] = transparent ? "true" : null,
        ["Portal:Listen"] = "[::]:8081",
        ["Portal:PublicUrl"] = "http://10.77.0.1:8081",
        ["Admin:Listen"] = "127.0.0.1:8082",
        ["WalledGarden:Hosts:0"] = "garden.test",
        ["Radius:Servers:0:Name"] = "radius-a",
        ["Radius:Servers:0:Host"] = "127.0.0.1",
        ["Radius:Servers:0:AuthenticationPort"] = radius.EndPoint.Port.ToString(CultureInfo.InvariantCulture),
        ["Radius:Servers:0:Secret"] = radius.Options.Secret,
        ["Accounting:Enabled"] = "false",
    };

    private static string Url(IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    [GeneratedRegex("name=\"token\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token { get; }
}
