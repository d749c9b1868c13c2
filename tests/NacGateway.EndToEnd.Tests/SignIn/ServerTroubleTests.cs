using System.Net;
using System.Net.Sockets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.SignIn;

/// <summary>Each way in which the RADIUS server cannot help is its own sentence, with a reference that leads to the administrator's line.</summary>
public sealed class ServerTroubleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unsigned_answer_is_refused_and_the_log_names_what_is_missing_and_the_setting_that_accepts_it()
    {
        await using var site = await Site.StartAsync(Cancel, new FreeRadiusOptions { SignsReplies = false });
        using var alice = site.Person();

        await alice.SignInAsync("alice", "wonderland", Cancel);

        Assert.Contains("The answer of the sign-in service was not signed", alice.Text, StringComparison.Ordinal);
        Assert.Equal(511, await alice.AskGateAsync(Cancel));
        var line = await LogLineAsync(site, alice);
        Assert.Contains("Message-Authenticator", line, StringComparison.Ordinal);
        Assert.Contains("RequireMessageAuthenticator", line, StringComparison.Ordinal);
        Assert.Contains("radius-a", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unsigned_answer_is_accepted_where_the_setting_says_so()
    {
        await using var site = await Site.StartAsync(
            Cancel, new FreeRadiusOptions { SignsReplies = false }, ("Radius:Servers:0:RequireMessageAuthenticator", "false"));
        using var alice = site.Person();

        await alice.SignInAsync("alice", "wonderland", Cancel);

        Assert.Equal(200, await alice.AskGateAsync(Cancel));
    }

    [Fact]
    public async Task An_expired_password_is_not_called_a_wrong_one()
    {
        await using var site = await Site.StartAsync(Cancel, settings: Site.Method("MsChapV2"));
        using var olga = site.Person();

        await olga.SignInAsync("olga", "yesterday", Cancel);

        Assert.Contains("Your password has expired", olga.Text, StringComparison.Ordinal);
        Assert.Equal(511, await olga.AskGateAsync(Cancel));
        await LogLineAsync(site, olga);
    }

    [Fact]
    public async Task An_answer_made_with_another_secret_is_not_believed_and_the_log_points_at_the_secret()
    {
        await using var radius = await FreeRadiusServer.StartAsync(new FreeRadiusOptions(), Cancel);
        await using var relay = new DatagramRelay(radius.EndPoint, DatagramRelay.WrongAuthenticator);
        await using var site = await Site.StartAsync(Cancel, settings: Site.RadiusAt(relay.EndPoint));
        using var alice = site.Person();

        await alice.SignInAsync("alice", "wonderland", Cancel);

        Assert.Equal(511, await alice.AskGateAsync(Cancel));
        Assert.DoesNotContain("not answering", alice.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("is not correct", alice.Text, StringComparison.Ordinal);
        Assert.Contains("ecret", await LogLineAsync(site, alice), StringComparison.Ordinal);
        Assert.Contains("compare the shared secret", await HealthAsync(site), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FreeRADIUS_is_silent_to_another_secret_and_the_person_is_told_that_nothing_was_checked()
    {
        await using var site = await Site.StartAsync(
            Cancel, new FreeRadiusOptions { Secret = "another-secret-0123456789" }, ("Radius:Servers:0:Secret", new FreeRadiusOptions().Secret));
        using var alice = site.Person();

        await alice.SignInAsync("alice", "wonderland", Cancel);

        Assert.Contains("Your password was not checked", alice.Text, StringComparison.Ordinal);
        await LogLineAsync(site, alice);
    }

    [Fact]
    public async Task A_server_that_never_answers_costs_no_more_than_the_budget_and_blames_nobody()
    {
        using var silence = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        silence.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var site = await Site.StartAsync(Cancel, settings: Site.RadiusAt((IPEndPoint)silence.LocalEndPoint!));
        using var alice = site.Person();
        var started = TimeProvider.System.GetTimestamp();

        await alice.SignInAsync("alice", "wonderland", Cancel);

        // The budget is 3 s; the rest is for a busy machine.
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));
        Assert.Contains("The sign-in service is not answering", alice.Text, StringComparison.Ordinal);
        Assert.Contains("radius-a", await LogLineAsync(site, alice), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", await HealthAsync(site), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_server_that_is_down_ends_in_the_same_sentence()
    {
        await using var site = await Site.StartAsync(Cancel, settings: Site.RadiusAt(new IPEndPoint(IPAddress.Loopback, FreePorts.Udp())));
        using var alice = site.Person();

        await alice.SignInAsync("alice", "wonderland", Cancel);

        Assert.Contains("The sign-in service is not answering", alice.Text, StringComparison.Ordinal);
        Assert.Equal(511, await alice.AskGateAsync(Cancel));
        await LogLineAsync(site, alice);
    }

    private static async Task<string> HealthAsync(Site site)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(site.Gateway.Admin, "healthz/ready"), Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    /// <summary>The log line with the reference that the person would read out on the phone.</summary>
    private static Task<string> LogLineAsync(Site site, Person person)
    {
        var reference = person.Reference;
        return site.Gateway.WaitForLogAsync(line => line.Contains(reference, StringComparison.Ordinal), Cancel);
    }
}
