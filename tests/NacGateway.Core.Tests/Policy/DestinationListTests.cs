using System.Net;
using NacGateway.Core.Policy;
using Xunit;

namespace NacGateway.Core.Tests.Policy;

public sealed class DestinationListTests
{
    [Theory]
    [InlineData("allow www.example.org", "WWW.Example.org.", "192.0.2.1", 80, true)]
    [InlineData("allow www.example.org", "example.org", "192.0.2.1", 80, false)]
    [InlineData("allow *.example.org", "a.b.example.org", "192.0.2.1", 80, true)]
    [InlineData("allow *.example.org", "example.org", "192.0.2.1", 80, false)]
    [InlineData("allow *.example.org", "badexample.org", "192.0.2.1", 80, false)]
    [InlineData("allow www.example.org:443", "www.example.org", "192.0.2.1", 80, false)]
    [InlineData("allow *:8000-8100", "anything.test", "192.0.2.1", 8100, true)]
    [InlineData("allow *:8000-8100", "anything.test", "192.0.2.1", 8101, false)]
    [InlineData("deny 10.0.0.0/8,allow *", "intranet.test", "10.1.2.3", 80, false)]
    [InlineData("deny 10.0.0.0/8,allow *", "intranet.test", "::ffff:10.1.2.3", 80, false)]
    [InlineData("deny 10.0.0.0/8,allow *", "www.test", "11.1.2.3", 80, true)]
    [InlineData("allow 10.1.0.0/16:443,deny 10.0.0.0/8,allow *", "intranet.test", "10.1.2.3", 443, true)]
    [InlineData("allow 10.1.0.0/16:443,deny 10.0.0.0/8,allow *", "intranet.test", "10.1.2.3", 80, false)]
    [InlineData("allow 2001:db8::/32", "six.test", "2001:db8::7", 443, true)]
    [InlineData("allow [2001:db8::]/32:443", "six.test", "2001:db8::7", 443, true)]
    [InlineData("allow [2001:db8::]/32:443", "six.test", "2001:db8::7", 80, false)]
    [InlineData("allow bücher.example", "xn--bcher-kva.example", "192.0.2.1", 80, true)]
    [InlineData("deny *", "www.example.org", "192.0.2.1", 80, false)]
    public void The_first_line_that_fits_decides(string lines, string host, string address, int port, bool expected) =>
        Assert.Equal(expected, List(lines).Allows(host, IPAddress.Parse(address), port));

    [Theory]
    [InlineData("deny 10.0.0.0/8,allow *", true)]
    [InlineData("allow 10.0.0.0/8", true)]
    [InlineData("allow 10.0.0.0/8:443", false)]
    [InlineData("deny www.test,allow *", false)]
    [InlineData("deny 10.0.0.0/8", false)]
    public void Before_the_name_is_resolved_only_what_no_address_could_allow_is_refused(string lines, bool expected) =>
        Assert.Equal(expected, List(lines).Allows("www.test", address: null, 80));

    [Theory]
    [InlineData("")]
    [InlineData("allow")]
    [InlineData("permit *")]
    [InlineData("allow 10.1.2")]
    [InlineData("allow 10.0.0.0/33")]
    [InlineData("allow www.example.org:0")]
    [InlineData("allow www.example.org:65536")]
    [InlineData("allow www.example.org:90-80")]
    [InlineData("allow www.example.org:http")]
    [InlineData("allow [2001:db8::1:443")]
    [InlineData("allow a..b")]
    [InlineData("allow www.example.org deny *")]
    public void What_is_no_line_is_not_read(string text) => Assert.False(DestinationRule.TryParse(text, out _));

    [Theory]
    [InlineData(null, true)]
    [InlineData("staff", true)]
    [InlineData("GUESTS", false)]
    [InlineData("staff+guests", false)]
    [InlineData("staff+gone", false)]
    [InlineData("gone", false)]
    public void Every_role_of_a_session_must_allow_and_one_that_is_gone_allows_nothing(string? roles, bool expected)
    {
        var policy = new AccessPolicy(1, [new PolicyRole { Name = "staff" }, new PolicyRole { Name = "guests", Destinations = List("deny *.test,allow *") }]);

        Assert.Equal(expected, policy.Allows(roles, "www.test", IPAddress.Loopback, 443));
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        var policy = new AccessPolicy(1, [new PolicyRole { Name = "staff" }, new PolicyRole { Name = "guests", Destinations = List("deny 10.0.0.0/8,deny *.example.org,allow *:443") }]);
        var address = IPAddress.Parse("2001:db8::1");
        policy.Allows("staff+guests", "www.test", address, 443);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            policy.Allows("staff+guests", "www.test", address, 443);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static DestinationList List(string lines) =>
        new([.. lines.Split(',').Select(line => DestinationRule.TryParse(line, out var rule) ? rule : throw new FormatException(line))]);
}
