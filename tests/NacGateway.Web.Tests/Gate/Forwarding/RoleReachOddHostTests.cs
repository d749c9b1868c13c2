using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NacGateway.Core.Policy;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>Requests whose Host names nothing that a role could be asked about, on routes that would take them all the same.</summary>
public sealed class RoleReachOddHostTests : IAsyncLifetime
{
    private const string Get = "GET / HTTP/1.1\r\nHost: ";
    private readonly RawOrigin _intranet = new();
    private GateSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await GateSite.StartAsync(
        ("ReverseProxy:Routes:all:ClusterId", "intranet"),
        ("ReverseProxy:Routes:all:Match:Path", "/{**all}"),
        ("ReverseProxy:Routes:named:ClusterId", "intranet"),
        ("ReverseProxy:Routes:named:Match:Hosts:0", "intranet.test"),
        ("ReverseProxy:Clusters:intranet:Destinations:one:Address", $"http://127.0.0.1:{_intranet.Port.ToString(CultureInfo.InvariantCulture)}/"));

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _intranet.DisposeAsync();
    }

    [Theory]
    [InlineData(Get + "intranet.test:99999\r\n\r\n")]
    [InlineData(Get + "intranet.test:0\r\n\r\n")]
    [InlineData(Get + "intranet.test:080808\r\n\r\n")]
    [InlineData(Get + "other.test:99999\r\n\r\n")]
    [InlineData(Get + "a!b\r\n\r\n")]
    [InlineData(Get + "\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\n\r\n")]
    public async Task A_role_with_destinations_does_not_let_them_pass(string request)
    {
        var answer = await AskAsync(request, new DestinationList([Line("deny intranet.test"), Line("allow *")]));

        Assert.Equal((400, 0), (answer.Status, _intranet.Connections));
    }

    [Fact]
    public async Task Nor_does_a_role_that_is_gone()
    {
        var (connection, _) = await _site.ConnectSignedInAsync(new SessionLimits { Role = "gone" });
        using (connection)
        {
            Assert.Equal((400, 0), ((await connection.AskAsync(Get + "a!b\r\n\r\n", Token)).Status, _intranet.Connections));
        }
    }

    [Theory]
    [InlineData(Get + "a!b\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\n\r\n")]
    public async Task A_role_without_destinations_leaves_them_to_the_route(string request) =>
        Assert.Equal(200, (await AskAsync(request, destinations: null)).Status);

    private static DestinationRule Line(string line) => DestinationRule.TryParse(line, out var rule) ? rule : throw new FormatException(line);

    private async Task<RawResponse> AskAsync(string request, DestinationList? destinations)
    {
        _site.Services.GetRequiredService<PolicyBook>().Current = new AccessPolicy(version: 1, [new PolicyRole { Name = "guest", Destinations = destinations }]);
        var (connection, _) = await _site.ConnectSignedInAsync(new SessionLimits { Role = "guest" });
        using (connection)
        {
            return await connection.AskAsync(request, Token);
        }
    }
}
