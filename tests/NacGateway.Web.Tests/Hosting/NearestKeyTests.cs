using NacGateway.Web.Hosting.Configuration;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

public sealed class NearestKeyTests
{
    [Theory]
    [InlineData("Lisen", "Listen")]
    [InlineData("listne", "Listen")]
    [InlineData("ListenHttp", "ListenHttps")]
    [InlineData("Whatever", null)]
    public void A_slip_of_the_fingers_finds_its_key(string typed, string? expected) =>
        Assert.Equal(expected, NearestKey.Find(typed, ["Listen", "ListenHttps", "ProbeMode"]));

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "abc", 0)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_counts_the_changes(string one, string other, int expected) => Assert.Equal(expected, NearestKey.Distance(one, other));
}
