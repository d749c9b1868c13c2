using System.Net;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Portal;

/// <summary>Sign-in, second step and log-off, as a client without script and cookie does them.</summary>
public sealed class SignInTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Theory]
    [InlineData("alice", "wonderland")]
    [InlineData("zoë", "Grüße aus 東京")]
    [Requirement("RPW-3")]
    public async Task The_network_is_open_when_the_answer_arrives_and_closed_when_log_off_is_confirmed(string userName, string password)
    {
        using var client = site.Client();
        Assert.Equal(511, await client.AskGateAsync());

        var signedIn = await client.SignInAsync(userName, password);

        Assert.Equal((HttpStatusCode.SeeOther, "/portal/status"), (signedIn.Status, signedIn.Location));
        Assert.NotEqual(511, await client.AskGateAsync());
        var status = await client.GetAsync("/portal/status");
        Assert.Contains($"<bdi>{WebUtility.HtmlEncode(userName).Replace("&#235;", "&#xEB;", StringComparison.Ordinal)}</bdi>", status.Html, StringComparison.Ordinal);

        var bye = await client.PostAsync("/portal/log-off", [("token", status.Token)]);

        Assert.Equal((HttpStatusCode.SeeOther, "/portal/bye"), (bye.Status, bye.Location));
        Assert.Equal(511, await client.AskGateAsync());
    }

    [Fact]
    public async Task The_record_of_a_sign_in_tells_how_the_client_came()
    {
        using var client = site.Client();
        await client.AskGateAsync();
        await client.SignInAsync("alice", "wonderland");
        await client.GetAsync("/portal");

        await using var database = await site.Service<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var record = await database.Set<PolicyDecision>().SingleAsync(decision => decision.ClientAddress == client.Address.ToString(), TestContext.Current.CancellationToken);
        Assert.True(ClientArrival.TryRead(record.Arrival, out var arrival));
        Assert.Equal((ArrivalAnswer.SignIn, 1), (arrival.First!.Answer, arrival.Requests));
        Assert.NotNull(arrival.PortalOpenedAt);
        Assert.Null(site.Service<ClientArrivals>().Find(ClientKey.From(client.Address)));
    }

    [Fact]
    public async Task Who_is_signed_in_is_led_to_the_status_page()
    {
        using var client = site.Client();
        await client.SignInAsync("alice", "wonderland");

        var again = await client.GetAsync("/portal");

        Assert.Equal("/portal/status", again.Location);
        Assert.Equal("/portal/status", (await client.GetAsync("/portal/bye")).Location);
    }

    [Fact]
    public async Task A_session_is_of_one_device()
    {
        using var alice = site.Client();
        using var neighbour = site.Client();

        await alice.SignInAsync("alice", "wonderland");

        Assert.Equal(511, await neighbour.AskGateAsync());
        Assert.Empty((await neighbour.GetAsync("/portal/status")).Token);
    }

    [Fact]
    public async Task A_rejection_shows_a_reference_that_the_log_has_too()
    {
        using var client = site.Client();

        var rejected = await client.SignInAsync("alice", "wonderwall");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, rejected.Status);
        Assert.NotEmpty(rejected.Reference);
        Assert.Contains(site.Log, line => line.Message.Contains(rejected.Reference, StringComparison.Ordinal));
        Assert.Equal(511, await client.AskGateAsync());
    }

    [Fact]
    public async Task A_message_of_the_server_is_text_in_one_line_whatever_it_holds()
    {
        using var client = site.Client();

        var rejected = await client.SignInAsync("eve", "anything");

        Assert.Contains("See &lt;b&gt;desk 4&lt;/b&gt; &amp; bringyour badge", rejected.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_name_is_text_whatever_it_holds()
    {
        using var client = site.Client();
        const string Hostile = "\"><script>alert(1)</script>";

        var rejected = await client.SignInAsync(Hostile, "anything");

        Assert.DoesNotContain("<script", rejected.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("value=\"&quot;&gt;&lt;script&gt;", rejected.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bob", "builder", "123456", "type=\"text\"", "Which &lt;code&gt;?")]
    [InlineData("kim", "possible", "246810", "type=\"password\"", "Signing in as")]
    [Requirement("RCH-7")]
    public async Task The_second_step_asks_as_the_server_says_and_opens_the_network(string userName, string password, string code, string type, string question)
    {
        using var client = site.Client();

        var first = await client.SignInAsync(userName, password);
        Assert.Equal("/portal/challenge", first.Location);
        Assert.Equal(511, await client.AskGateAsync());
        var page = await client.GetAsync("/portal/challenge");
        Assert.Contains(type, page.Html, StringComparison.Ordinal);
        Assert.Contains(question, page.Html, StringComparison.Ordinal);
        var second = await client.PostAsync("/portal/challenge", [("answer", code), ("username", userName), ("token", page.Token)]);

        Assert.Equal((HttpStatusCode.SeeOther, "/portal/status"), (second.Status, second.Location));
        Assert.NotEqual(511, await client.AskGateAsync());
    }

    [Fact]
    public async Task A_wrong_code_leads_back_to_the_start_and_the_old_question_is_over()
    {
        using var client = site.Client();
        await client.SignInAsync("bob", "builder");
        var page = await client.GetAsync("/portal/challenge");

        var wrong = await client.PostAsync("/portal/challenge", [("answer", "000000"), ("username", "bob"), ("token", page.Token)]);
        var again = await client.PostAsync("/portal/challenge", [("answer", "123456"), ("username", "bob"), ("token", page.Token)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Equal("/portal", (await client.GetAsync("/portal/challenge")).Location);
        Assert.Equal(511, await client.AskGateAsync());
    }

    [Fact]
    public async Task No_password_and_no_code_is_in_a_page_or_in_the_log()
    {
        using var client = site.Client();

        List<PortalAnswer> answers =
        [
            await client.SignInAsync("alice", "not-my-password-7781"),
            await client.SignInAsync("bob", "builder"),
            await client.GetAsync("/portal/challenge"),
        ];
        answers.Add(await client.PostAsync("/portal/challenge", [("answer", "code-991827"), ("username", "bob"), ("token", answers[2].Token)]));

        string[] hidden = ["not-my-password-7781", "code-991827", "builder"];
        Assert.All(hidden, word =>
        {
            Assert.All(answers, answer => Assert.DoesNotContain(word, answer.Html, StringComparison.Ordinal));
            Assert.All(site.Log, line => Assert.DoesNotContain(word, line.Message + line.Exception, StringComparison.Ordinal));
        });
        Assert.Contains(site.Log, line => line.Message.Contains("alice", StringComparison.Ordinal));
    }
}
