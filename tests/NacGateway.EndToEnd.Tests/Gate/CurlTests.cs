using System.Globalization;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Gate;

/// <summary>The gate as curl sees it: whatever is asked and however, nothing passes before sign-in, and everything after.</summary>
public sealed class CurlTests
{
    /// <summary>A request as curl's arguments; {gate} is the gate's address.</summary>
    public static TheoryData<string, string[]> Requests { get; } = new()
    {
        { "GET", ["{gate}"] },
        { "HEAD", ["-I", "{gate}"] },
        { "POST with a body", ["-d", "question=answer", "{gate}form"] },
        { "POST that waits for 100 Continue", ["-H", "Expect: 100-continue", "--expect100-timeout", "15", "-d", "question=answer", "{gate}form"] },
        { "PUT of unknown length", ["-X", "PUT", "-H", "Transfer-Encoding: chunked", "-d", "question=answer", "{gate}form"] },
        { "DELETE", ["-X", "DELETE", "{gate}form"] },
        { "OPTIONS", ["-X", "OPTIONS", "{gate}"] },
        { "OPTIONS *", ["-X", "OPTIONS", "--request-target", "*", "{gate}"] },
        { "a method nobody knows", ["-X", "BREW", "{gate}"] },
        { "absolute form, as a proxy gets it", ["-x", "{gate}", "http://site.test/news"] },
        { "HTTP/1.0", ["-0", "{gate}"] },
        { "an upgrade to WebSocket", ["-H", "Connection: Upgrade", "-H", "Upgrade: websocket", "-H", "Sec-WebSocket-Version: 13", "-H", "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==", "{gate}"] },
        { "an upgrade to HTTP/2", ["-H", "Connection: Upgrade, HTTP2-Settings", "-H", "Upgrade: h2c", "-H", "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA", "{gate}"] },
        { "another host's name", ["-H", "Host: site.test", "{gate}"] },
        { "an address that a header claims", ["-H", "X-Forwarded-For: 10.0.0.1", "-H", "Forwarded: for=10.0.0.1", "{gate}"] },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_sign_in_every_request_gets_511_and_none_reaches_the_site()
    {
        await using var site = await Site.StartAsync(Cancel);

        foreach (var (what, arguments) in Requests.Select(row => row.Data))
        {
            var answer = await AskAsync(site, arguments);

            Assert.True(answer is { ExitCode: 0, Status: 511 }, $"{what}: {answer}");
            Assert.DoesNotContain(100, answer.Statuses); // Nobody is asked to send a body that nobody will read.
            Assert.Equal("no-store", answer.Header("Cache-Control"));
            Assert.Null(answer.Header("Set-Cookie"));
            Assert.Null(answer.Header("WWW-Authenticate"));
        }

        Assert.Empty(site.Origin.Requests);
    }

    [Fact]
    public async Task A_tunnel_before_sign_in_is_refused_with_511_and_the_standard_phrase()
    {
        await using var site = await Site.StartAsync(Cancel);

        var answer = await AskAsync(site, ["-p", "-x", "{gate}", "http://site.test:443/"]);

        Assert.Equal(56, answer.ExitCode); // CONNECT tunnel failed.
        Assert.Contains("HTTP/1.1 511 Network Authentication Required", answer.Output, StringComparison.Ordinal);
        Assert.Empty(site.Origin.Requests);
    }

    [Theory]
    [InlineData("text/html", "text/html")]
    [InlineData("application/json", "application/problem+json")]
    [InlineData("text/plain", "text/plain")]
    public async Task Everybody_gets_the_link_to_the_portal_in_a_form_that_he_can_read(string accept, string expected)
    {
        await using var site = await Site.StartAsync(Cancel);

        var answer = await AskAsync(site, ["-H", $"Accept: {accept}", "{gate}secret-path?q=1"]);

        Assert.Equal(511, answer.Status);
        Assert.StartsWith(expected, answer.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains(site.Gateway.Portal.AbsoluteUri.TrimEnd('/'), answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-path", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_sign_in_every_request_reaches_the_site_as_it_was_sent()
    {
        await using var site = await Site.StartAsync(Cancel);
        using var alice = site.Person();
        await alice.SignInAsync("alice", "wonderland", Cancel);

        foreach (var (what, arguments) in Requests.Select(row => row.Data).Where(row => row.Item1 != "OPTIONS *"))
        {
            var answer = await AskAsync(site, arguments);

            var expected = what.Contains("WebSocket", StringComparison.Ordinal) ? 101 : 200;
            Assert.True(answer.Status == expected, $"{what}: {answer}");
        }

        Assert.Equal(3, site.Origin.Requests.Count(request => request.EndsWith("/form question=answer", StringComparison.Ordinal)));
        Assert.Contains("BREW /", site.Origin.Requests, StringComparer.Ordinal);
        Assert.Contains("GET /news", site.Origin.Requests, StringComparer.Ordinal);
    }

    [Fact]
    public async Task After_sign_in_the_gate_is_a_proxy_and_a_tunnel_to_the_ports_that_are_set()
    {
        await using var origin = await Origin.StartAsync(Cancel);
        await using var site = await Site.StartAsync(Cancel, radius: null, ("Gate:TunnelPorts:0", origin.Url.Port.ToString(CultureInfo.InvariantCulture)), ("Gate:AllowedPrivateDestinations:0", "127.0.0.1"));
        string[] proxy = ["-x", "{gate}", $"{origin.Url}by-proxy"];
        string[] tunnel = ["--proxytunnel", "-x", "{gate}", $"{origin.Url}by-tunnel"];
        string[] elsewhere = ["--proxytunnel", "-x", "{gate}", $"http://127.0.0.1:{site.Gateway.Admin.Port}/healthz/live"];
        Assert.Equal((511, 511), ((await AskAsync(site, proxy)).Status, (await AskAsync(site, tunnel)).Status));
        Assert.Empty(origin.Requests);
        using var alice = site.Person();
        await alice.SignInAsync("alice", "wonderland", Cancel);

        var through = await AskAsync(site, tunnel);
        var refused = await AskAsync(site, elsewhere);

        Assert.Contains("HTTP/1.1 200 Connection Established", through.Output, StringComparison.Ordinal);
        Assert.Contains(Origin.Greeting, through.Output, StringComparison.Ordinal);
        Assert.Equal(["GET /by-tunnel"], origin.Requests);
        Assert.Equal((56, 403), (refused.ExitCode, refused.Status)); // CONNECT tunnel failed.
    }

    [Fact]
    public async Task A_kept_connection_gets_the_site_from_the_moment_of_sign_in_and_511_from_the_moment_of_log_off()
    {
        await using var site = await Site.StartAsync(Cancel);
        using var alice = site.Person(); // One client, one connection to the gate.
        using var gate = new KeptConnection(site.Gateway.Gate);

        var before = await gate.GetStatusAsync(Cancel);
        await alice.SignInAsync("alice", "wonderland", Cancel);
        var during = await gate.GetStatusAsync(Cancel);
        await alice.SubmitAsync("/portal/log-off", [], Cancel);
        var after = await gate.GetStatusAsync(Cancel);

        Assert.Equal((511, 200, 511), (before, during, after));
    }

    [Fact]
    public async Task A_client_at_another_address_is_another_client()
    {
        await using var site = await Site.StartAsync(Cancel);
        using var alice = site.Person();
        await alice.SignInAsync("alice", "wonderland", Cancel);

        var other = await AskAsync(site, ["--interface", "127.0.0.2", "{gate}"]);
        var pretender = await AskAsync(site, ["--interface", "127.0.0.2", "-H", "X-Forwarded-For: 127.0.0.1", "{gate}"]);

        Assert.Equal((511, 511), (other.Status, pretender.Status));
    }

    private static Task<CurlResult> AskAsync(Site site, string[] arguments)
        => Curl.RunAsync(arguments.Select(argument => argument.Replace("{gate}", site.Gateway.Gate.AbsoluteUri, StringComparison.Ordinal)), Cancel);
}
