using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using NacGateway.Core.Administration;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Access;

/// <summary>From where the desk is reached, and under which names.</summary>
public sealed class DeskReachTests(AccessSite site) : IClassFixture<AccessSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("evil.example", false)]
    [InlineData("evil.example:8082", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:1234", true)]
    [InlineData("desk.localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]:8082", true)]
    public async Task It_answers_under_its_own_names_only(string host, bool isAnswered)
    {
        using var browser = site.Browser();

        using var answer = await browser.GetAsync("/sign-in", ("Host", host));

        Assert.Equal(isAnswered ? HttpStatusCode.OK : HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        Assert.Equal(isAnswered, browser.SetCookies.Count > 0);
    }

    [Fact]
    public async Task A_name_of_the_settings_is_its_own()
    {
        await using var named = new AccessSite { More = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Admin:PublicHosts:0"] = "nac.example.org", ["Admin:PublicHosts:1"] = "nac2.example.org:8443" } };
        await named.InitializeAsync();
        using var browser = named.Browser();

        using var any = await browser.GetAsync("/sign-in", ("Host", "NAC.example.org:9999"));
        using var right = await browser.GetAsync("/sign-in", ("Host", "nac2.example.org:8443"));
        using var wrong = await browser.GetAsync("/sign-in", ("Host", "nac2.example.org"));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.MisdirectedRequest], [any.StatusCode, right.StatusCode, wrong.StatusCode]);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/overview")]
    [InlineData("/sessions")]
    [InlineData("/audit")]
    [InlineData("/me")]
    [InlineData("/api/v1/audit")]
    [InlineData("/settings/admins")]
    [InlineData("/metrics")]
    [InlineData("/live/sessions")]
    [InlineData("/openapi/v1.json")]
    public async Task Its_paths_are_on_no_other_listener_not_even_for_who_is_signed_in(string path)
    {
        using var admin = await site.SignedInAsync(DeskRole.Administrator);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
        foreach (var (listener, expected) in ((Uri, HttpStatusCode)[])[(site.Desk.Portal, HttpStatusCode.NotFound), (site.Desk.Gate, HttpStatusCode.NetworkAuthenticationRequired)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(listener, path));
            request.Headers.Host = site.Desk.Admin.Authority;
            request.Headers.Add("Cookie", $"nac-desk={admin.Session}");

            using var answer = await client.SendAsync(request, Cancellation);

            Assert.Equal(expected, answer.StatusCode);
        }
    }

    /// <summary>A guest who is signed in asks the gate, as his proxy, for the desk: in every spelling of the address that a parser may take.</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST.")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("0.0.0.0")]
    [InlineData("[::]")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.0.0.1.")]
    public async Task The_gate_leads_no_guest_to_it(string host)
    {
        // Ended again: others ask this site's gate as somebody who has no session.
        var sessions = site.Desk.Service<SessionManager>();
        var guest = Guid.NewGuid().ToString("N");
        await sessions.OpenAsync(
            new SessionOpening { AcctSessionId = guest, UserName = "alice", ClientAddress = IPAddress.Loopback, Limits = new SessionLimits(), ServerName = "dc-1" },
            Cancellation);
        var port = site.Desk.Admin.Port;

        var absolute = await AskGateAsync($"GET http://{host}:{port}/sign-in HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n");
        var tunnel = await AskGateAsync($"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n");
        await sessions.CloseAsync(guest, AcctTerminateCause.UserRequest, Cancellation);

        Assert.DoesNotContain("Sign in", absolute, StringComparison.Ordinal);
        Assert.Matches("^HTTP/1.1 (400|403|502|511)", absolute);
        Assert.Matches("^HTTP/1.1 (400|403|502|511)", tunnel);
    }

    /// <summary>Even where the settings open every private address, and the desk listens on all of the machine's.</summary>
    [Fact]
    public async Task No_setting_opens_the_gateways_own_listeners_to_a_guest_by_whatever_address_or_name()
    {
        var port = FreePorts.Tcp();
        await using var open = new AccessSite
        {
            More = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Admin:Listen"] = $"[::]:{port}",
                ["Admin:AllowPlainHttp"] = "true",
                ["Admin:PublicHosts:0"] = "localhost",
                ["Gate:AllowedPrivateDestinations:0"] = "0.0.0.0/0",
                ["Gate:AllowedPrivateDestinations:1"] = "::/0",
                ["Gate:TunnelPorts:0"] = $"{port}",
            },
        };
        await open.InitializeAsync();
        await open.Desk.Service<SessionManager>().OpenAsync(
            new SessionOpening { AcctSessionId = Guid.NewGuid().ToString("N"), UserName = "alice", ClientAddress = IPAddress.Loopback, Limits = new SessionLimits(), ServerName = "dc-1" },
            Cancellation);
        using (var browser = new DeskBrowser(new Uri($"http://127.0.0.1:{port}")))
        {
            using var direct = await browser.GetAsync("/sign-in");
            Assert.Equal(HttpStatusCode.OK, direct.StatusCode);
        }

        var own = NetworkInterface.GetAllNetworkInterfaces().SelectMany(network => network.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address).Where(address => !address.IsIPv6LinkLocal);
        string[] hosts = ["127.0.0.1", "127.0.0.2", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", .. own.Select(address => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}")];
        foreach (var host in hosts.Distinct(StringComparer.Ordinal))
        {
            var absolute = await AskGateAsync($"GET http://{host}:{port}/sign-in HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n", open);
            var tunnel = await AskGateAsync($"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n", open);
            var named = await AskGateAsync($"GET /sign-in HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n", open);

            Assert.True(new[] { absolute, tunnel, named }.All(answer => answer.StartsWith("HTTP/1.1 403", StringComparison.Ordinal)), $"{host}: {absolute} {tunnel} {named}");
        }
    }

    private async Task<string> AskGateAsync(string request, AccessSite? gateway = null)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, (gateway ?? site).Desk.Gate.Port, Cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        var answer = new byte[16 * 1024];
        var length = await stream.ReadAtLeastAsync(answer, 12, throwOnEndOfStream: false, Cancellation);
        return Encoding.UTF8.GetString(answer, 0, length);
    }
}
