using Microsoft.Extensions.DependencyInjection;
using NacGateway.Web.Gate;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>A portal whose name is not ASCII is handed out by the name that DNS has.</summary>
public sealed class PortalNameTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://k\u00e4se.example:8081/portal", "http://xn--kse-qla.example:8081/portal", "xn--kse-qla.example:8081")]
    [InlineData("http://\u65e5\u672c.example/portal", "http://xn--wgv71a.example/portal", "xn--wgv71a.example")]
    public async Task The_511_links_to_it_and_the_gate_knows_it_as_the_portal(string url, string expected, string host)
    {
        await using var site = await GateSite.StartAsync();
        var link = site.Services.GetRequiredService<PortalLink>();
        link.Publish(new Uri(url));
        link.Pipeline = static context =>
        {
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        };
        using var connection = await site.ConnectAsync(site.NewClient());

        var answer = await connection.AskAsync("GET / HTTP/1.1\r\nHost: a.test\r\nAccept: application/json\r\n\r\n", Token);

        Assert.Equal((511, $"<{expected}>; rel=\"help\""), (answer.Status, answer["Link"]));
        Assert.Equal(204, (await connection.AskAsync($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n", Token)).Status);
    }

    [Theory]
    [InlineData("http://192.0.2.1:8081/portal")]
    [InlineData("http://[2001:db8::1]:8081/portal")]
    [InlineData("https://login.example.org/portal")]
    public void Any_other_stays_as_it_is(string url) => Assert.Equal(url, PortalLink.Ascii(new Uri(url)).AbsoluteUri);
}
