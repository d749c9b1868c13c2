using System.Globalization;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>
/// The operator's own routes (section ReverseProxy) come before the destination that a client names. A route is configured, so the
/// guard has no say in where it leads: that it may be a private address is the point of it.
/// </summary>
public sealed class RouteTests : IAsyncLifetime
{
    private readonly RawOrigin _intranet = new();
    private readonly RawOrigin _origin = new();
    private GateSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await StartAsync("intranet.test");

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _intranet.DisposeAsync();
        await _origin.DisposeAsync();
    }

    [Theory]
    [InlineData("GET /x HTTP/1.1\r\nHost: intranet.test\r\n\r\n")]
    [InlineData("GET http://intranet.test/x HTTP/1.1\r\nHost: intranet.test\r\n\r\n")]
    [InlineData("GET http://intranet.test/x HTTP/1.1\r\nHost: origin.test\r\n\r\n")]
    public async Task A_route_is_chosen_by_the_host_that_is_asked_for(string request)
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var answer = await connection.AskAsync(request, Token);

            Assert.Equal(200, answer.Status);
            Assert.StartsWith("GET /x HTTP/1.1\r\n", Assert.Single(_intranet.Requests), StringComparison.Ordinal);
            Assert.Equal(0, _site.Names.Asked);
        }
    }

    [Fact]
    public async Task Any_other_host_goes_to_itself()
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            Assert.Equal(200, (await connection.AskAsync($"GET http://origin.test:{_origin.Port}/ HTTP/1.1\r\nHost: intranet.test\r\n\r\n", Token)).Status);
            Assert.Equal((0, 1), (_intranet.Connections, _origin.Connections));
        }
    }

    [Fact]
    public async Task Before_sign_in_a_route_is_closed_as_all_else()
    {
        using var connection = await _site.ConnectAsync(_site.NewClient());

        Assert.Equal(511, (await connection.AskAsync("GET / HTTP/1.1\r\nHost: intranet.test\r\n\r\n", Token)).Status);
        Assert.Equal(0, _intranet.Connections);
    }

    [Fact]
    public async Task A_route_is_told_the_client_and_believes_nothing_that_the_client_says_of_itself()
    {
        var client = _site.NewClient();
        await _site.SignInAsync(client);
        using var connection = await _site.ConnectAsync(client);

        var answer = await connection.AskAsync(
            "GET / HTTP/1.1\r\nHost: intranet.test\r\nX-Forwarded-For: 203.0.113.9\r\nForwarded: for=203.0.113.9\r\nX-Real-IP: 203.0.113.9\r\nX-Forwarded-Proto: https\r\nProxy-Authorization: Basic YTpi\r\nConnection: X-Mine\r\nX-Mine: secret\r\n\r\n",
            Token);

        Assert.DoesNotContain("203.0.113.9", answer.Body, StringComparison.Ordinal);
        Assert.Equal((client.ToString(), "http"), (RawResponse.Field(answer.Body, "X-Forwarded-For"), RawResponse.Field(answer.Body, "X-Forwarded-Proto")));
        Assert.Null(RawResponse.Field(answer.Body, "Proxy-Authorization"));
        Assert.Null(RawResponse.Field(answer.Body, "X-Mine"));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("[::1]")]
    [InlineData("nowhere.test")]
    public async Task A_route_without_hosts_takes_every_request_so_that_what_a_client_names_is_never_dialled(string host)
    {
        await using var site = await StartAsync(hosts: null);
        var (connection, _) = await site.ConnectSignedInAsync();
        using (connection)
        {
            var answer = await connection.AskAsync($"GET http://{host}:{_origin.Port}/x HTTP/1.1\r\nHost: {host}\r\n\r\n", Token);

            Assert.Equal(200, answer.Status);
            Assert.Equal((1, 0, 0), (_intranet.Connections, _origin.Connections, site.Names.Asked));
        }
    }

    [Fact]
    public async Task A_tunnel_is_no_matter_for_routes()
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            Assert.Equal(502, (await connection.AskAsync("CONNECT intranet.test:443 HTTP/1.1\r\nHost: intranet.test:443\r\n\r\n", Token)).Status);
            Assert.Equal(0, _intranet.Connections);
        }
    }

    private Task<GateSite> StartAsync(string? hosts)
    {
        List<(string, string)> settings =
        [
            ("ReverseProxy:Routes:intranet:ClusterId", "intranet"),
            ("ReverseProxy:Clusters:intranet:Destinations:one:Address", $"http://127.0.0.1:{_intranet.Port.ToString(CultureInfo.InvariantCulture)}/"),
            hosts is null ? ("ReverseProxy:Routes:intranet:Match:Path", "/{**all}") : ("ReverseProxy:Routes:intranet:Match:Hosts:0", hosts),
        ];
        return GateSite.StartAsync([.. settings]);
    }
}
