using NacGateway.Web.Hosting.Configuration;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

public sealed class ListenerClashTests
{
    [Theory]
    [InlineData("0.0.0.0:8080", "0.0.0.0:8080", true)]
    [InlineData("0.0.0.0:8080", "127.0.0.1:8080", true)]
    [InlineData("[::]:8080", "127.0.0.1:8080", true)]
    [InlineData("127.0.0.1:8080", "127.0.0.2:8080", false)]
    [InlineData("0.0.0.0:8080", "0.0.0.0:8081", false)]
    [InlineData("0.0.0.0:0", "0.0.0.0:0", false)]
    [InlineData("0.0.0.0:8080", null, false)]
    public void Two_listeners_clash_on_one_port_of_overlapping_addresses(string one, string? other, bool clash) =>
        Assert.Equal(clash, ListenerClashes.Find([("Gate:Listen", one), ("Portal:Listen", other)]).Any());
}
