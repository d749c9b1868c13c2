using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using NacGateway.Core.Authentication;
using NacGateway.Radius.Client;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

public sealed class ResolvedServersTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData(null, "192.0.2.2", false)]
    [InlineData("192.0.2.1", null, true)]
    public async Task Servers_are_made_anew_when_our_own_address_towards_one_is_another(string? before, string? now, bool isSame)
    {
        await using var servers = new ResolvedServers([Towards(before)], TimeProvider.System, NullLogger.Instance);

        Assert.Equal(isSame, servers.HasSameAddresses([Towards(now)]));
    }

    private static RadiusEndpoint Towards(string? own)
    {
        var settings = new RadiusServerSettings { Name = "main", EndPoint = new IPEndPoint(IPAddress.Loopback, 1812), Secret = "a secret of the tests"u8.ToArray() };
        return new RadiusEndpoint(settings, LoginMethod.Pap, own is null ? null : IPAddress.Parse(own), settings);
    }
}
