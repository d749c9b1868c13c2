using NacGateway.Web.Hosting.Discovery;
using NacGateway.Web.Portal;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>Which URL devices are told: always that of https, or an error that names the setting.</summary>
public sealed class CaptiveApiAddressTests
{
    [Theory]
    [InlineData("https://login.example.org:8443", "https://login.example.org:8443/captive-api")]
    [InlineData("https://login.example.org:8443/portal", "https://login.example.org:8443/captive-api")]
    [InlineData("https://gäste.example.org:8443", "https://xn--gste-loa.example.org:8443/captive-api")]
    public void The_api_is_where_the_public_url_is(string publicUrl, string expected)
    {
        var address = Find(publicUrl, "[::]:8443");

        Assert.Equal((expected, null), (address.Url?.AbsoluteUri, address.Error));
        Assert.Empty(address.Warnings);
    }

    [Theory]
    [InlineData("https://login.example.org", null, false, "Portal:ListenHttps is not set")]
    [InlineData(null, "[::]:8443", false, "Portal:PublicUrl is not set")]
    [InlineData("http://login.example.org", null, true, "Portal:PublicUrl http://login.example.org is http")]
    public void Without_https_there_is_no_address_and_the_setting_is_named(string? publicUrl, string? listen, bool overHttp, string expected)
    {
        var address = Find(publicUrl, listen, overHttp);

        Assert.Null(address.Url);
        Assert.StartsWith(expected, address.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_in_front_may_end_TLS()
        => Assert.Equal("https://login.example.org/captive-api", Find("https://login.example.org", listen: null, overHttp: true).Url?.AbsoluteUri);

    [Fact]
    public void A_url_beyond_what_an_option_holds_is_refused()
    {
        var name = string.Join('.', Enumerable.Repeat(new string('a', 60), 4));

        Assert.Contains("a DHCP option holds 255", Find($"https://{name}:8443", "[::]:8443").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://192.0.2.1:8443", "should have a name (RFC 8910 section 2)")]
    [InlineData("https://[2001:db8::1]:8443", "should have a name (RFC 8910 section 2)")]
    [InlineData("https://login.example.org", "is port 443, and Portal:ListenHttps is port 8443")]
    public void What_will_trouble_devices_is_said(string publicUrl, string expected)
        => Assert.Contains(expected, Assert.Single(Find(publicUrl, "[::]:8443").Warnings), StringComparison.Ordinal);

    private static CaptiveApiAddress Find(string? publicUrl, string? listen, bool overHttp = false) => CaptiveApiAddress.Find(new PortalOptions
    {
        PublicUrl = publicUrl is null ? null : new Uri(publicUrl),
        ListenHttps = listen,
        CaptiveApiOverHttp = overHttp,
    });
}
