using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using NacGateway.TestKit;
using NacGateway.TestKit.Network;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Network;

/// <summary>
/// A network of guests as it is built: the gateway on the router with FreeRADIUS beside it, dnsmasq for names and addresses with what
/// <c>nacgateway discovery</c> printed for it, and a site on the far side.
/// </summary>
internal sealed class LabSite : IAsyncDisposable
{
    public const string PortalName = "login.test";
    public const string SiteName = "site.test";

    private readonly List<IAsyncDisposable> _parts = [];
    private readonly TemporaryFolder _folder = new("lab-site");
    private readonly TestPki _pki = new("lab authority");

    private LabSite(NetLab lab) => Lab = lab;

    public NetLab Lab { get; }

    public NetNamespace Client => Lab.Clients[0];

    public Origin Origin { get; private set; } = null!;

    public GatewayProcess Gateway { get; private set; } = null!;

    /// <summary>Where the portal says that it is.</summary>
    public static Uri Portal { get; } = new($"https://{PortalName}:8443/");

    public static Uri Site { get; } = new($"http://{SiteName}/");

    /// <summary>The certificate of the authority that the portal's certificate is from.</summary>
    public string AuthorityFile => _folder["ca.pem"];

    /// <summary>Starts all parts; skips the running test where no lab can be.</summary>
    public static async Task<LabSite> StartAsync(CancellationToken cancellationToken, params IEnumerable<(string Key, string? Value)> settings)
    {
        Assert.SkipWhen(NetLab.Missing is not null, NetLab.Missing ?? "");
        var site = new LabSite(await NetLab.CreateAsync(1, cancellationToken));
        try
        {
            await site.BuildAsync(settings, cancellationToken);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Somebody at the client, who reaches the portal by one address family.</summary>
    public Person Person(AddressFamily family)
    {
        var handler = Client.CreateHttpHandler(host => AddressOf(host, family));
        handler.AllowAutoRedirect = true;
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { _pki.Authority },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        return new Person(Portal, Site, handler: handler);
    }

    /// <summary>Signs in by both families, as a device with both does whose addresses are not known to belong together.</summary>
    public async Task SignInAsync(CancellationToken cancellationToken)
    {
        foreach (var family in (AddressFamily[])[AddressFamily.InterNetwork, AddressFamily.InterNetworkV6])
        {
            using var alice = Person(family);
            await alice.OpenAsync("/portal", cancellationToken);
            if (alice.Path == "/portal")
            {
                await alice.SignInAsync("alice", "wonderland", cancellationToken);
            }

            Assert.Equal("/portal/status", alice.Path);
        }
    }

    /// <summary>Runs curl at the client, which believes the test's authority only.</summary>
    public Task<CurlResult> CurlAsync(string[] arguments, CancellationToken cancellationToken)
        => Curl.RunAsync(["--cacert", AuthorityFile, .. arguments], cancellationToken, Client);

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts))
        {
            await part.DisposeAsync();
        }

        await Lab.DisposeAsync();
        _pki.Dispose();
        _folder.Dispose();
    }

    private IPAddress AddressOf(string host, AddressFamily family)
    {
        var machine = host == PortalName ? Lab.Gateway : Lab.Internet;
        return family == AddressFamily.InterNetwork ? machine.IPv4 : machine.IPv6;
    }

    private async Task BuildAsync(IEnumerable<(string Key, string? Value)> settings, CancellationToken cancellationToken)
    {
        // 1. The far side, and the RADIUS server beside the gateway.
        Origin = Keep(await Origin.StartAsync(cancellationToken, Lab.Internet));
        var radius = Keep(await FreeRadiusServer.StartAsync(new FreeRadiusOptions(), cancellationToken, Lab.Gateway));
        var all = Settings(radius);
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        // 2. Names and addresses, with what the gateway's own program says for it.
        await StartDnsmasqAsync(all, cancellationToken);
        Lab.Gateway.ResolveAt(Lab.Gateway.IPv4);
        foreach (var client in Lab.Clients)
        {
            client.ResolveAt(Lab.Gateway.IPv4);
        }

        // 3. The gateway, and what leads the clients' http to it.
        Gateway = Keep(await GatewayProcess.StartAsync(all, cancellationToken, Lab.Gateway));
        if (all.GetValueOrDefault("Enforcement:Mode") != "Nftables")
        {
            await LeadToGateAsync(cancellationToken);
        }
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }

    private Dictionary<string, string?> Settings(FreeRadiusServer radius)
    {
        var (certificate, key, _) = _pki.Write(_folder, "portal", _pki.Issue(PortalName, PortalName));
        return new(StringComparer.OrdinalIgnoreCase)
        {
            ["Gate:Listen"] = "[::]:8080",
            ["Portal:Listen"] = "[::]:8081",
            ["Portal:ListenHttps"] = "[::]:8443",
            ["Portal:CertificateFile"] = certificate,
            ["Portal:CertificateKeyFile"] = key,
            ["Portal:PublicUrl"] = Portal.AbsoluteUri,
            ["Portal:ContinueUrl"] = Site.AbsoluteUri,
            ["Radius:Servers:0:Name"] = "radius-a",
            ["Radius:Servers:0:Host"] = "127.0.0.1",
            ["Radius:Servers:0:AuthenticationPort"] = radius.EndPoint.Port.ToString(CultureInfo.InvariantCulture),
            ["Radius:Servers:0:Secret"] = radius.Options.Secret,
            ["Radius:LoginBudget"] = "00:00:05",
            ["Accounting:Enabled"] = "false",
        };
    }

    private async Task StartDnsmasqAsync(Dictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var snippet = _folder["nacgateway.conf"];
        await ChildProcess.RunAsync(
            GatewayProcess.Executable,
            ["discovery", "--server", "dnsmasq", "--write", snippet, .. settings.Where(setting => setting.Value is not null).Select(setting => $"--{setting.Key}={setting.Value}")],
            cancellationToken);
        var (gateway, far) = (Lab.Gateway, Lab.Internet);
        var configuration = _folder.Write("dnsmasq.conf", $"""
            no-resolv
            no-hosts
            interface={gateway.Device}
            bind-interfaces
            dhcp-authoritative
            dhcp-range=10.77.0.201,10.77.0.250,255.255.255.0,10m
            dhcp-range=::,constructor:{gateway.Device},ra-stateless
            dhcp-leasefile={_folder["leases"]}
            address=/{PortalName}/{gateway.IPv4}
            address=/{PortalName}/{gateway.IPv6}
            address=/{SiteName}/{far.IPv4}
            address=/{SiteName}/{far.IPv6}
            conf-file={snippet}

            """);
        var dnsmasq = gateway.Start(
            Component.Require("dnsmasq", "dnsmasq-base"), ["--keep-in-foreground", "--user=root", "--pid-file=", "--log-facility=-", $"--conf-file={configuration}"]);
        await dnsmasq.WaitForLineAsync(line => line.Contains("started, version", StringComparison.Ordinal), cancellationToken);
    }

    /// <summary>What Enforcement:Mode=Nftables does by itself: http that is for somebody else arrives at the gate. Both families.</summary>
    private async Task LeadToGateAsync(CancellationToken cancellationToken)
    {
        var rules = _folder.Write("lead.nft", $$"""
            table inet lab_lead {
              chain prerouting {
                type nat hook prerouting priority dstnat; policy accept;
                iifname "{{Lab.Gateway.Device}}" fib daddr type != local tcp dport 80 redirect to :8080
              }
            }

            """);
        (await Lab.Gateway.RunAsync(Component.Require("nft", "nftables"), ["-f", rules], cancellationToken)).OrThrow();
    }
}
