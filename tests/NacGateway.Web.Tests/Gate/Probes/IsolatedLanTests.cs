using NacGateway.TestKit;
using NacGateway.Web.Gate.Probes;
using NacGateway.Web.Tests.Gate.Forwarding;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Probes;

/// <summary>Gate:IsolatedLan: who is told that he is online though nothing is there, and who is not.</summary>
public sealed class IsolatedLanTests : IDisposable
{
    private const string Firefox = "GET /success.txt HTTP/1.1\r\nHost: detectportal.firefox.com\r\n\r\n";
    private readonly TemporaryFolder _folder = new("probes");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_client_sees_the_portal_before_sign_in_and_takes_the_network_for_open_after_it()
    {
        await using var site = await GateSite.StartAsync(("Gate:IsolatedLan", "true"));
        foreach (var probe in Probe.All)
        {
            var address = site.NewClient();
            var before = await AskAsync(site, address, probe.Request(probe.Host));
            var session = await site.SignInAsync(address);
            var during = await AskAsync(site, address, probe.Request(probe.Host));
            await site.SignOutAsync(session);
            var after = await AskAsync(site, address, probe.Request(probe.Host));

            Assert.Equal((probe.Client, Verdict.Portal, Verdict.Online, Verdict.Portal), (probe.Client, probe.Judge(before), probe.Judge(during), probe.Judge(after)));
            Assert.Equal("no-store", during["Cache-Control"]);
        }
    }

    [Fact]
    public async Task Without_the_switch_a_probe_fails_as_it_should()
    {
        await using var site = await GateSite.StartAsync();

        Assert.Equal(502, (await AskSignedInAsync(site, Firefox)).Status);
    }

    [Fact]
    public async Task What_is_no_probe_fails_with_the_switch_too()
    {
        await using var site = await GateSite.StartAsync(("Gate:IsolatedLan", "true"));

        Assert.Equal(502, (await AskSignedInAsync(site, "GET / HTTP/1.1\r\nHost: detectportal.firefox.com\r\n\r\n")).Status);
        Assert.Equal(502, (await AskSignedInAsync(site, "GET /redirect HTTP/1.1\r\nHost: www.msftconnecttest.com\r\n\r\n")).Status);
    }

    [Fact]
    public async Task A_host_that_is_there_answers_itself()
    {
        await using var origin = new RawOrigin(static async (connection, token) =>
        {
            await connection.ReadHeadAsync(token);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\ntruth", token);
        });
        await using var site = await GateSite.StartAsync(("Gate:IsolatedLan", "true"));
        site.Names.Answer("detectportal.firefox.com", "127.0.0.1");

        Assert.Equal("truth", (await AskSignedInAsync(site, $"GET /success.txt HTTP/1.1\r\nHost: detectportal.firefox.com:{origin.Port}\r\n\r\n")).Body);
    }

    [Fact]
    public async Task A_stranger_whose_probe_is_in_the_walled_garden_is_not_told_so()
    {
        await using var site = await GateSite.StartAsync(("Gate:IsolatedLan", "true"), ("WalledGarden:Hosts:0", "detectportal.firefox.com"));

        Assert.Equal(502, (await AskAsync(site, site.NewClient(), Firefox)).Status);
    }

    [Fact]
    public async Task A_line_of_the_log_says_so_once_for_each_entry()
    {
        await using var site = await GateSite.StartAsync(("Gate:IsolatedLan", "true"));

        await AskSignedInAsync(site, Firefox);
        await AskSignedInAsync(site, Firefox);

        Assert.Single(site.Log.Lines, line => line.Id == 6050 && line.Text.Contains("entry firefox-family are told that they are online, though detectportal.firefox.com", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"status": 302}""", "Write 200 or 204")]
    [InlineData("""{"status": 204, "body": "x"}""", "204 has no body")]
    [InlineData("""{"status": 200, "headers": {"X Y": "z"}}""", "the field 'X Y' cannot be sent")]
    [InlineData("""{"status": 200, "headers": {"X": "a\r\nSet-Cookie: b"}}""", "the field 'X' cannot be sent")]
    [InlineData("""{"status": 200, "type": "text/plain\n"}""", "the field 'Content-Type' cannot be sent")]
    public void An_answer_that_cannot_be_sent_is_refused_with_the_table(string online, string expected)
    {
        var file = _folder.Write("probes.json", $$"""[{"id": "a", "hosts": ["x.test"], "paths": ["/"], "answer": "SignIn", "online": {{online}}}]""");

        Assert.Null(ProbeTable.TryLoad(file, out var errors));
        Assert.Contains("entry 'a', online: ", Assert.Single(errors), StringComparison.Ordinal);
        Assert.Contains(expected, errors[0], StringComparison.Ordinal);
    }

    private static async Task<RawResponse> AskSignedInAsync(GateSite site, string request)
    {
        var address = site.NewClient();
        await site.SignInAsync(address);
        return await AskAsync(site, address, request);
    }

    private static async Task<RawResponse> AskAsync(GateSite site, System.Net.IPAddress client, string request)
    {
        using var connection = await site.ConnectAsync(client);
        return await connection.AskAsync(request, Token);
    }
}
