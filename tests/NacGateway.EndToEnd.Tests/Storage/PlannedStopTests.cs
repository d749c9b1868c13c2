using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using NacGateway.EndToEnd.Tests.Accounting;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Storage;

/// <summary>A stop that is asked for while a client holds a tunnel open records all that a stop must record.</summary>
public sealed class PlannedStopTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Keep")]
    [InlineData("End")]
    public async Task An_open_tunnel_does_not_keep_the_gateway_from_recording_its_sessions(string overRestart)
    {
        await using var radius = await FreeRadiusServer.StartAsync(new FreeRadiusOptions { DoesAccounting = true }, Cancel);
        await using var far = await Origin.StartAsync(Cancel);
        await using var site = await StartAsync(radius, far, overRestart);
        using var alice = site.Person();
        await alice.SignInAsync("alice", "wonderland", Cancel);
        using var tunnel = await OpenTunnelAsync(site, far);

        var exitCode = await site.Gateway.StopAsync("TERM");

        Assert.True(exitCode == 0, $"Exit code {exitCode}: {site.Gateway.Log}");
        Assert.DoesNotContain("   at ", site.Gateway.Log, StringComparison.Ordinal);
        var stops = DetailFile.Read(radius.Detail).Where(record => record["Acct-Status-Type"] == "Stop").ToList();
        if (overRestart == "End")
        {
            var stop = Assert.Single(stops);
            Assert.Equal("Admin-Reboot", stop["Acct-Terminate-Cause"]);
            Assert.InRange(long.Parse(stop["Acct-Output-Octets"], CultureInfo.InvariantCulture), Origin.Greeting.Length, 10_000);
        }
        else
        {
            Assert.Empty(stops);
            Assert.InRange(await RecordedOctetsAsync(site), Origin.Greeting.Length, 10_000);
        }
    }

    private static Task<Site> StartAsync(FreeRadiusServer radius, Origin far, string overRestart) => Site.StartAsync(
        Cancel,
        radius: null,
        Site.RadiusAt(radius.EndPoint),
        ("Radius:Servers:0:AccountingPort", radius.AccountingEndPoint.Port.ToString(CultureInfo.InvariantCulture)),
        ("Accounting:Enabled", "true"),
        ("Sessions:OverRestart", overRestart),
        ("Gate:AllowedPrivateDestinations:0", "127.0.0.1"),
        ("Gate:TunnelPorts:0", far.Url.Port.ToString(CultureInfo.InvariantCulture)));

    private static async Task<TcpClient> OpenTunnelAsync(Site site, Origin far)
    {
        var client = new TcpClient(site.Gateway.Gate.Host, site.Gateway.Gate.Port);
        await AskAsync(client, $"CONNECT {far.Url.Authority} HTTP/1.1\r\nHost: {far.Url.Authority}\r\n\r\n", "\r\n\r\n");
        await AskAsync(client, "GET /by-tunnel HTTP/1.1\r\nHost: site.test\r\n\r\n", "</html>");
        return client;
    }

    /// <summary>Sends, and reads up to the text that ends the answer.</summary>
    private static async Task AskAsync(TcpClient client, string request, string end)
    {
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancel);
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!answer.ToString().Contains(end, StringComparison.Ordinal))
        {
            var got = await stream.ReadAsync(buffer, Cancel);
            answer.Append(got > 0 ? Encoding.ASCII.GetString(buffer, 0, got) : throw new InvalidOperationException($"The connection ended after: {answer}"));
        }

        Assert.StartsWith("HTTP/1.1 200 ", answer.ToString(), StringComparison.Ordinal);
    }

    private static async Task<long> RecordedOctetsAsync(Site site)
    {
        await using var database = new SqliteConnection($"Data Source={site.Gateway.Folder["nacgateway.db"]};Pooling=False");
        await database.OpenAsync(Cancel);
        await using var command = database.CreateCommand();
        command.CommandText = "SELECT OutputOctets FROM Sessions";
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
