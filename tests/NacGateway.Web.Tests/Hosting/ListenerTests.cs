using System.Net;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>Each listener serves its own pipeline and nothing of another's.</summary>
public sealed class ListenerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Health_says_alive_and_ready_with_each_check()
    {
        await using var demo = GatewayProgram.Start(_folder.FullName, "demo", "--free-ports");
        using var visit = await DemoVisit.ArriveAsync(demo, Cancellation);

        using var live = await visit.GetAsync(new Uri(visit.Admin, "/healthz/live"), Cancellation);
        using var ready = await visit.GetAsync(new Uri(visit.Admin, "/healthz/ready"), Cancellation);
        var checks = await ready.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.All(["database", "radius", "sessions"], check => Assert.Contains($"\"{check}\":{{\"status\":\"ready\"", checks, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_show_the_servers_connections()
    {
        await using var demo = GatewayProgram.Start(_folder.FullName, "demo", "--free-ports");
        using var visit = await DemoVisit.ArriveAsync(demo, Cancellation);

        using var metrics = await visit.GetAsync(new Uri(visit.Admin, "/metrics"), Cancellation);

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", metrics.Content.Headers.ContentType?.ToString());
        Assert.Contains("kestrel_active_connections", await metrics.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_header_leads_to_no_other_listener()
    {
        await using var demo = GatewayProgram.Start(_folder.FullName, "demo", "--free-ports");
        using var visit = await DemoVisit.ArriveAsync(demo, Cancellation);

        using var throughPortal = await AskAsync(visit, visit.Portal, "/healthz/ready", visit.Admin.Authority);
        using var throughGate = await AskAsync(visit, visit.Gate, "/healthz/ready", visit.Admin.Authority);
        using var throughAdmin = await AskAsync(visit, visit.Admin, "/portal", visit.Portal.Authority);

        Assert.Equal(HttpStatusCode.NotFound, throughPortal.StatusCode);
        Assert.Equal(HttpStatusCode.NetworkAuthenticationRequired, throughGate.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, throughAdmin.StatusCode);
    }

    [Theory]
    [InlineData("Plain")]
    [InlineData("Json")]
    public async Task A_port_that_is_taken_is_named_and_ends_it_with_1(string format)
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var endPoint = taken.LocalEndpoint.ToString();

        var (exitCode, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, "demo", "--free-ports", $"--Admin:Listen={endPoint}", $"--Logging:Format={format}");

        Assert.Equal(1, exitCode);
        Assert.Contains(endPoint!, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> AskAsync(DemoVisit visit, Uri listener, string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(listener, path));
        request.Headers.Host = host;
        return await visit.SendAsync(request, Cancellation);
    }
}
