using NacGateway.Core.Authentication;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

/// <summary>Plain UDP is for networks that are known to be private; else the gateway says so as it starts.</summary>
public sealed class PublicServerTests(PostgreSqlServer postgres)
{
    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("100.63.255.255", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.255.0.1", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [Requirement("BLAST-17")]
    public void An_address_is_private_or_public(string address, bool isPublic) => Assert.Equal(isPublic, !PrivateAddress.Is(System.Net.IPAddress.Parse(address)));

    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("127.0.0.1", false)]
    [Requirement("BLAST-17")]
    public async Task A_server_that_is_asked_by_udp_at_a_public_address_is_warned_of_at_the_start(string host, bool isWarned)
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, ("Radius:Servers:0:Host", host));

        var lines = gateway.Lines.Where(line => line.Message.Contains("public address", StringComparison.Ordinal)).ToList();

        Assert.Equal(isWarned, lines.Count == 1 && lines[0].Message.Contains("Transport=Tls", StringComparison.Ordinal));
    }
}
