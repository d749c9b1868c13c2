using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NacGateway.Core.Policy;
using NacGateway.Web.Gate;
using NacGateway.Web.Tests.Gate.Forwarding;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Interception;

/// <summary>Requests on connections that the kernel led to the gate: where the connection was going counts, and a name is a claim.</summary>
public sealed class InterceptedRequestTests : IAsyncLifetime
{
    private readonly RawOrigin _origin = new();
    private GateSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await GateSite.StartAsync(("WalledGarden:Hosts:0", "pay.test"), ("WalledGarden:Hosts:1", "elsewhere.test"), ("WalledGarden:Hosts:2", "nowhere.test"), ("WalledGarden:Hosts:3", "127.0.0.9"));
        _site.Names.Answer("pay.test", "10.0.0.1", "127.0.0.1").Answer("elsewhere.test", "127.0.0.3");
        _site.Original = new IPEndPoint(IPAddress.Loopback, _origin.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _origin.DisposeAsync();
    }

    [Theory]
    [InlineData("GET /x HTTP/1.1\r\nHost: other.test\r\n\r\n", "other.test")]
    [InlineData("GET /x HTTP/1.1\r\nHost: other.test:8080\r\n\r\n", "other.test:8080")]
    [InlineData("GET /x HTTP/1.1\r\nHost: other.test:80\r\n\r\n", "other.test:80")]
    [InlineData("GET /x HTTP/1.1\r\nHost: OTHER.test.\r\n\r\n", "OTHER.test.")]
    [InlineData("GET /x HTTP/1.1\r\nHost: inward.test\r\n\r\n", "inward.test")]
    [InlineData("GET /x HTTP/1.1\r\nHost: 169.254.169.254\r\n\r\n", "169.254.169.254")]
    [InlineData("GET /x HTTP/1.1\r\nHost: [::1]\r\n\r\n", "[::1]")]
    [InlineData("GET http://inward.test/x HTTP/1.1\r\nHost: inward.test\r\n\r\n", "inward.test")]
    [InlineData("GET http://inward.test:81/x HTTP/1.1\r\nHost: other.test\r\n\r\n", "inward.test:81")]
    [InlineData("GET /x HTTP/1.0\r\n\r\n", "127.0.0.1:{0}")]
    public async Task A_signed_in_clients_request_goes_where_its_connection_was_going_with_the_host_as_sent(string request, string host)
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            Assert.Equal(200, (await connection.AskAsync(request, Token)).Status);
        }

        var seen = Assert.Single(_origin.Requests);
        Assert.StartsWith("GET /x HTTP/1.1\r\n", seen, StringComparison.Ordinal);
        Assert.Equal(string.Format(CultureInfo.InvariantCulture, host, _origin.Port), RawResponse.Field(seen, "Host"));
        Assert.Equal(0, _site.Names.Asked);
    }

    [Theory]
    [InlineData("127.0.0.2:80")]
    [InlineData("169.254.169.254:80")]
    [InlineData("[fd00:ec2::254]:80")]
    [InlineData("[::1]:80")]
    public async Task An_address_that_the_guard_keeps_shut_is_shut_whatever_the_host(string original)
    {
        _site.Original = IPEndPoint.Parse(original);
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            Assert.Equal(403, (await connection.AskAsync($"GET / HTTP/1.1\r\nHost: origin.test:{_origin.Port}\r\n\r\n", Token)).Status);
            Assert.Equal(403, (await connection.AskAsync($"GET http://127.0.0.1:{_origin.Port}/ HTTP/1.1\r\nHost: origin.test\r\n\r\n", Token)).Status);
        }

        Assert.Equal(0, _origin.Connections);
    }

    [Fact]
    public async Task The_gates_own_listener_is_shut()
    {
        _site.Original = _site.EndPoint;
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            Assert.Equal(403, (await connection.AskAsync("GET / HTTP/1.1\r\nHost: origin.test\r\n\r\n", Token)).Status);
        }
    }

    [Theory]
    [InlineData("CONNECT origin.test:443 HTTP/1.1\r\nHost: origin.test:443\r\n\r\n", 511, 400)]
    [InlineData("CONNECT pay.test:443 HTTP/1.1\r\nHost: pay.test:443\r\n\r\n", 511, 400)]
    [InlineData("GET https://origin.test/ HTTP/1.1\r\nHost: origin.test\r\n\r\n", 511, 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: -origin.test\r\n\r\n", 511, 400)]
    public async Task What_only_a_chosen_proxy_is_asked_is_refused(string request, int before, int after)
    {
        var client = _site.NewClient();
        using (var connection = await _site.ConnectAsync(client))
        {
            Assert.Equal(before, (await connection.AskAsync(request, Token)).Status);
        }

        await _site.SignInAsync(client);
        using (var connection = await _site.ConnectAsync(client))
        {
            Assert.Equal(after, (await connection.AskAsync(request, Token)).Status);
        }

        Assert.Equal(0, _origin.Connections);
    }

    [Theory]
    [InlineData("pay.test", 200)]
    [InlineData("PAY.test:8080", 200)]
    [InlineData("elsewhere.test", 511)] // In the garden, but not at the address where the connection was going.
    [InlineData("nowhere.test", 511)]
    [InlineData("127.0.0.9", 511)]
    [InlineData("origin.test", 511)]
    public async Task Before_sign_in_a_name_of_the_garden_opens_its_own_addresses_only(string host, int expected)
    {
        using var connection = await _site.ConnectAsync(_site.NewClient());

        Assert.Equal(expected, (await connection.AskAsync($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n", Token)).Status);
        Assert.Equal(expected == 200 ? 1 : 0, _origin.Connections);
    }

    [Fact]
    public async Task An_address_of_the_garden_is_open_under_any_name()
    {
        await using var site = await GateSite.StartAsync(("WalledGarden:Hosts:0", "127.0.0.1"));
        site.Original = _site.Original;
        using var connection = await site.ConnectAsync(site.NewClient());

        Assert.Equal(200, (await connection.AskAsync("GET / HTTP/1.1\r\nHost: any.test\r\n\r\n", Token)).Status);
    }

    [Theory]
    [InlineData("origin.test", 200, "allow origin.test")] // Its address, by the name service.
    [InlineData("any.test", 200, "allow 127.0.0.1")]
    [InlineData("any.test", 200, "deny bad.test", "allow *")]
    [InlineData("elsewhere.test", 403, "allow elsewhere.test")] // The name is open, but is another's.
    [InlineData("nowhere.test", 403, "allow *.test")]
    [InlineData("good.test", 403, "deny 127.0.0.1", "allow *")]
    [InlineData("origin.test", 403, "deny origin.test", "allow *")]
    [InlineData("origin.test", 403, "allow origin.test:1")]
    [InlineData("10.1.2.3", 403, "allow 10.0.0.0/8")] // An address that is only said.
    public async Task A_role_is_asked_about_the_address_and_a_claimed_name_opens_nothing(string host, int expected, params string[] lines)
    {
        var rules = lines.Select(line => DestinationRule.TryParse(line, out var rule) ? rule : throw new FormatException(line));
        _site.Services.GetRequiredService<PolicyBook>().Current = new AccessPolicy(version: 1, [new PolicyRole { Name = "guest", Destinations = new DestinationList([.. rules]) }]);
        var (connection, _) = await _site.ConnectSignedInAsync(new SessionLimits { Role = "guest" });
        using (connection)
        {
            Assert.Equal(expected, (await connection.AskAsync($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n", Token)).Status);
        }

        Assert.Equal(expected == 200 ? 1 : 0, _origin.Connections);
    }

    [Theory]
    [InlineData("127.0.0.1:80", 204)] // The gateway's own.
    [InlineData("198.51.100.9:80", 204)] // What the name service has for the portal.
    [InlineData("198.51.100.8:80", 511)]
    public async Task The_portal_is_served_at_its_own_addresses(string original, int expected)
    {
        _site.Names.Answer("login.example.test", "198.51.100.9");
        _site.Services.GetRequiredService<PortalLink>().Pipeline = static context =>
        {
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        };
        _site.Original = IPEndPoint.Parse(original);
        using var connection = await _site.ConnectAsync(_site.NewClient());

        Assert.Equal(expected, (await connection.AskAsync("GET /portal HTTP/1.1\r\nHost: login.example.test\r\n\r\n", Token)).Status);
    }
}
