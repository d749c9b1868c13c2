using System.Net;
using System.Text;
using NacGateway.Aaa;
using NacGateway.Aaa.Scenarios;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.SignIn;

/// <summary>The published attack (CVE-2024-3596) as <c>nac-harness aaa --scenario seeds/scenarios/blastradius.json</c> plays it, against the program that people run.</summary>
public sealed class BlastRadiusTests
{
    private const string Off = "Radius:Servers:0:RequireMessageAuthenticator";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("BLAST-20", "BLAST-1")]
    public async Task The_published_attack_does_not_get_in_and_page_log_health_and_metrics_tell()
    {
        await using var server = Start();
        await using var site = await Site.StartAsync(Cancel, settings: Site.RadiusAt(server.AuthenticationEndPoint));
        using var mallory = site.Person();

        await mallory.SignInAsync("mallory", "a guess", Cancel);

        Assert.Equal(511, await mallory.AskGateAsync(Cancel));
        Assert.Contains("was not signed", mallory.Text, StringComparison.Ordinal);
        await site.Gateway.WaitForLogAsync(line => line.Contains("CVE-2024-3596", StringComparison.Ordinal) && line.Contains("radius-a", StringComparison.Ordinal), Cancel);
        Assert.Contains("without Message-Authenticator were not believed", await ReadAsync(site, "healthz/ready"), StringComparison.Ordinal);
        Assert.Matches("nacgateway_radius_server_drops[^\\n]*MissingMessageAuthenticator[^\\n]* [1-9]", await ReadAsync(site, "metrics"));

        // Each request that it sent carried its Message-Authenticator, retransmissions too: the server drops others.
        Assert.Equal(0, server.Counters.Dropped(RadiusDropReason.MissingMessageAuthenticator));
        Assert.True(server.Counters.Answered > 0);
    }

    [Fact]
    [Requirement("BLAST-3")]
    public async Task With_the_requirement_switched_off_log_health_and_metrics_say_that_replies_can_be_forged()
    {
        await using var server = Start();
        await using var site = await Site.StartAsync(Cancel, settings: [Site.RadiusAt(server.AuthenticationEndPoint), (Off, "false")]);

        await site.Gateway.WaitForLogAsync(line => line.Contains("RequireMessageAuthenticator is off for RADIUS server radius-a", StringComparison.Ordinal), Cancel);
        Assert.Contains("replies can be forged", await ReadAsync(site, "healthz/ready"), StringComparison.Ordinal);
        Assert.Matches("nacgateway_radius_server_unsigned_allowed[^\\n]*radius-a[^\\n]* 1", await ReadAsync(site, "metrics"));

        using var mallory = site.Person();
        await mallory.SignInAsync("mallory", "a guess", Cancel);
        Assert.Equal(200, await mallory.AskGateAsync(Cancel));
    }

    private static AaaServer Start() => AaaServer.Start(
        new AaaServerSettings
        {
            Users = new UserDirectory([new AaaUser { Name = "mallory", Password = "not what is guessed" }]),
            Authentication = new IPEndPoint(IPAddress.Loopback, 0),
            Nas = [new NasEntry(IPNetwork.Parse("127.0.0.0/8"), Encoding.UTF8.GetBytes(new FreeRadiusOptions().Secret), "gateway")],
            Scenario = Scenario.Load(Path.Combine(Repository.Root, "seeds", "scenarios", "blastradius.json")),
            Seed = 1,
        },
        TimeProvider.System);

    private static async Task<string> ReadAsync(Site site, string path)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(site.Gateway.Admin, path), Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }
}
