using System.Globalization;
using NacGateway.Web.Tests.Gate.Forwarding;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Probes;

/// <summary>The gate's real answers, off a socket, before the judgement of the clients that asked.</summary>
public sealed class ProbeVerdictTests(SharedSite shared) : IClassFixture<SharedSite>, IAsyncDisposable
{
    private readonly RawOrigin _hosts = new(AnswerAsTheHostAsync);
    private readonly GateSite _site = shared.Site;

    public static TheoryData<string> Clients => [.. Probe.All.Select(probe => probe.Client)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task A_client_sees_the_portal_then_the_network_then_the_portal_again(string client)
    {
        var probe = Probe.All.Single(probe => string.Equals(probe.Client, client, StringComparison.Ordinal));
        _site.Names.Answer(probe.Host, "127.0.0.1");
        var address = _site.NewClient();

        var before = await AskAsync(_site, address, probe.Request(probe.Host));
        var session = await _site.SignInAsync(address);
        var during = await AskAsync(_site, address, probe.Request($"{probe.Host}:{_hosts.Port.ToString(CultureInfo.InvariantCulture)}"));
        await _site.SignOutAsync(session);
        var after = await AskAsync(_site, address, probe.Request(probe.Host));

        Assert.Equal((Verdict.Portal, Verdict.Online, Verdict.Portal), (probe.Judge(before), probe.Judge(during), probe.Judge(after)));
        AssertCaptive(before);
        AssertCaptive(after);
    }

    [Fact]
    public async Task With_511_alone_the_clients_that_overlook_it_show_nothing()
    {
        await using var site = await GateSite.StartAsync(("Gate:ProbeMode", "Always511"));
        foreach (var probe in Probe.All)
        {
            var answer = await AskAsync(site, site.NewClient(), probe.Request(probe.Host));

            Assert.Equal((probe.Client, 511, probe.Without302), (probe.Client, answer.Status, probe.Judge(answer)));
            AssertCaptive(answer);
        }
    }

    [Fact]
    public async Task With_302_for_every_probe_each_client_sees_the_portal()
    {
        await using var site = await GateSite.StartAsync(("Gate:ProbeMode", "Always302"));
        foreach (var probe in Probe.All)
        {
            var answer = await AskAsync(site, site.NewClient(), probe.Request(probe.Host));

            Assert.Equal((probe.Client, 302, Verdict.Portal), (probe.Client, answer.Status, probe.Judge(answer)));
            AssertCaptive(answer);
        }
    }

    [Theory]
    [InlineData("Table")]
    [InlineData("Always511")]
    [InlineData("Always302")]
    public async Task What_is_no_probe_gets_511_in_every_mode(string mode)
    {
        await using var site = await GateSite.StartAsync(("Gate:ProbeMode", mode));
        foreach (var request in new[]
        {
            "GET /generate_204x HTTP/1.1\r\nHost: connectivitycheck.gstatic.com\r\n\r\n",
            "GET /search HTTP/1.1\r\nHost: www.google.com\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: www.apple.com\r\n\r\n",
            "POST /generate_204 HTTP/1.1\r\nHost: connectivitycheck.gstatic.com\r\nContent-Length: 0\r\n\r\n",
        })
        {
            Assert.Equal((request, 511), (request, (await AskAsync(site, site.NewClient(), request)).Status));
        }
    }

    [Fact]
    public async Task The_windows_of_gnome_and_kde_show_a_page_that_leads_to_the_portal_by_itself()
    {
        foreach (var host in new[] { "nmcheck.gnome.org", "networkcheck.kde.org" })
        {
            var answer = await AskAsync(_site, _site.NewClient(), $"GET / HTTP/1.1\r\nHost: {host}\r\nAccept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n\r\n");

            Assert.Equal(511, answer.Status);
            Assert.Contains($"<meta http-equiv=\"refresh\" content=\"0; url={GateSite.Portal}\">", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_probe_in_absolute_form_is_known_by_its_target()
    {
        var answer = await AskAsync(_site, _site.NewClient(), "GET http://connectivitycheck.gstatic.com/generate_204 HTTP/1.1\r\nHost: connectivitycheck.gstatic.com\r\n\r\n");

        Assert.Equal((302, GateSite.Portal), (answer.Status, answer["Location"]));
    }

    /// <summary>What every answer before sign-in must be, so that no client mistakes it and none keeps it.</summary>
    private static void AssertCaptive(RawResponse answer)
    {
        Assert.Equal("no-store", answer["Cache-Control"]);
        Assert.Null(answer["X-NetworkManager-Status"]);
        Assert.InRange(answer.Body.Length, 100, 8192);
        Assert.Equal(answer.Status == 302 ? GateSite.Portal : null, answer["Location"]);
    }

    private static async Task<RawResponse> AskAsync(GateSite site, System.Net.IPAddress client, string request)
    {
        using var connection = await site.ConnectAsync(client);
        return await connection.AskAsync(request, Token);
    }

    private static async Task AnswerAsTheHostAsync(RawConnection connection, CancellationToken cancellationToken)
    {
        while (await connection.ReadHeadAsync(cancellationToken) is { } head)
        {
            var host = RawResponse.Field(head, "Host")!.Split(':')[0];
            var probe = Probe.All.Single(probe => head.StartsWith($"GET {probe.Target} ", StringComparison.Ordinal) && string.Equals(probe.Host, host, StringComparison.Ordinal)
                && (probe.Client != "Chromium"));
            var end = probe.Answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var length = probe.Answer.Length - end - 4;
            var framing = probe.Answer.StartsWith("HTTP/1.1 204", StringComparison.Ordinal) ? "" : $"\r\nContent-Length: {length.ToString(CultureInfo.InvariantCulture)}";
            await connection.WriteAsync(probe.Answer.Insert(end, framing), cancellationToken);
        }
    }
}
