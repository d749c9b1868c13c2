using Microsoft.Extensions.Options;
using NacGateway.Web.Gate;
using NacGateway.Web.Hosting.Listeners;
using NacGateway.Web.Portal;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>Where redirected probes are led: over plain http where the gateway has both listeners, else straight to the portal.</summary>
public sealed class LandingAddressTests
{
    [Theory]
    [InlineData("https://login.example.org:8443", "[::]:8443", "[::]:8081", "http://login.example.org:8081/portal/landing")]
    [InlineData("https://login.example.org", "[::]:443", "[::]:80", "http://login.example.org/portal/landing")]
    [InlineData("https://[2001:db8::1]:8443", "[::]:8443", "[::]:8081", "http://[2001:db8::1]:8081/portal/landing")]
    [InlineData("https://gäste.example.org", "[::]:443", "[::]:8081", "http://xn--gste-loa.example.org:8081/portal/landing")]
    [InlineData("http://login.example.org:8081", null, "[::]:8081", null)] // The portal itself is plain.
    [InlineData("https://login.example.org", null, "[::]:8081", null)] // A proxy in front ends TLS; where its plain port is, nobody has said.
    [InlineData("https://login.example.org", "[::]:443", "[::]:0", null)] // Not before the listener is open.
    public void The_page_is_at_the_plain_listener_of_the_same_host(string publicUrl, string? https, string plain, string? expected)
        => Assert.Equal(expected, Find(publicUrl, https, plain, ProbeLanding.Page));

    [Fact]
    public void A_setting_leads_straight_to_the_portal()
        => Assert.Null(Find("https://login.example.org:8443", "[::]:8443", "[::]:8081", ProbeLanding.Portal));

    private static string? Find(string publicUrl, string? https, string plain, ProbeLanding landing)
        => new LandingAddress(
            Options.Create(new GateOptions { ProbeLanding = landing }),
            Options.Create(new PortalOptions { Listen = plain, ListenHttps = https })).Of(new Uri(publicUrl), bound: null)?.AbsoluteUri;
}
