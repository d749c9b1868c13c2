using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using NacGateway.Web.Portal.Pipeline;
using Xunit;

namespace NacGateway.Web.Tests.Portal;

/// <summary>What any client can do a thousand times is counted, and does not fill the log.</summary>
public sealed class FormFloodTests(PortalSite site) : IClassFixture<PortalSite>
{
    private const int Many = 200;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forms_without_a_token_are_counted_each_and_logged_now_and_then()
    {
        using var refused = new MetricCollector<long>(site.Service<IMeterFactory>(), FormRefusals.MeterName, "nacgateway.portal.refused");
        using var client = site.Client();

        for (var i = 0; i < Many; i++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("/portal/sign-in", PortalClient.Entries("alice", "wonderland", ""))).Status);
        }

        var counted = refused.GetMeasurementSnapshot();
        Assert.Equal(Many, counted.Sum(measured => measured.Value));
        Assert.All(counted, measured => Assert.Equal(("sign-in", "missing"), (measured.Tags["form"], measured.Tags["verdict"])));
        Assert.InRange(site.Log.Count(line => line.Id.Id is 7001 or 7004), 1, Many / 2);
    }

    [Fact]
    public async Task A_form_that_is_reset_in_its_middle_is_nobodys_and_no_fault()
    {
        var own = new PortalSite();
        await own.InitializeAsync();
        for (var i = 0; i < 20; i++)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(own.Portal.Host, own.Portal.Port, Cancel);
            await socket.SendAsync(Encoding.ASCII.GetBytes(
                $"POST /portal/sign-in HTTP/1.1\r\nHost: {own.Portal.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\nusername=al"), Cancel);

            // The 100 says that the form is being read.
            Assert.StartsWith("HTTP/1.1 100 ", await ReadSomeAsync(socket), StringComparison.Ordinal);
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        // A stop waits for all that is under way.
        await own.DisposeAsync();
        Assert.DoesNotContain(own.Log, line => line.Exception is not null && line.Level >= LogLevel.Information);
    }

    private static async Task<string> ReadSomeAsync(Socket socket)
    {
        var buffer = new byte[256];
        var got = await socket.ReceiveAsync(buffer, Cancel);
        return Encoding.ASCII.GetString(buffer, 0, got);
    }
}
