using System.Net;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Server;

public sealed class NasTableTests
{
    private static readonly NasTable Table = new(
    [
        new NasEntry(IPNetwork.Parse("10.0.0.0/8"), new byte[] { 1 }, "wide"),
        new NasEntry(IPNetwork.Parse("10.1.0.0/16"), new byte[] { 2 }, "narrow"),
        new NasEntry(IPNetwork.Parse("2001:db8::/32"), new byte[] { 3 }, "six"),
    ]);

    [Theory]
    [InlineData("10.2.3.4", "wide")]
    [InlineData("10.1.3.4", "narrow")]
    [InlineData("::ffff:10.1.3.4", "narrow")]
    [InlineData("2001:db8::1", "six")]
    [InlineData("192.0.2.1", null)]
    [Requirement("RPKT-10")]
    public void The_longest_prefix_that_holds_the_address_wins(string address, string? name)
    {
        Table.TryFind(IPAddress.Parse(address), out NasEntry? entry);

        Assert.Equal(name, entry?.Name);
    }

    [Fact]
    [Requirement("RPKT-8")]
    public void A_client_without_secret_is_refused_by_name()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new NasTable([new NasEntry(IPNetwork.Parse("10.0.0.0/8"), default, "bare")]));

        Assert.Contains("bare", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_does_not_print_its_secret()
    {
        Assert.Equal("nas (10.0.0.0/8)", new NasEntry(IPNetwork.Parse("10.0.0.0/8"), "secret"u8.ToArray(), "nas").ToString());
    }
}
