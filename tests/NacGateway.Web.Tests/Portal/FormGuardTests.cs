using System.Net;
using Xunit;

namespace NacGateway.Web.Tests.Portal;

/// <summary>A form counts once, from the device and the site it was made for; anything else asks no server.</summary>
public sealed class FormGuardTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact]
    public async Task A_form_without_a_token_is_shown_anew_with_the_user_name_kept()
    {
        using var client = site.Client();
        var before = site.Asked("alice");

        var answer = await client.PostAsync("/portal/sign-in", PortalClient.Entries("alice", "wonderland", ""));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("value=\"alice\"", answer.Html, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Token);
        Assert.Equal(before, site.Asked("alice"));
    }

    [Fact]
    public async Task A_token_of_another_device_or_of_another_form_is_none()
    {
        using var client = site.Client();
        using var other = site.Client();
        await other.SignInAsync("bob", "builder");
        var before = site.Asked("alice");
        string[] tokens =
        [
            (await other.GetAsync("/portal")).Token,
            (await other.GetAsync("/portal/challenge")).Token,
            (await client.GetAsync("/portal")).Token.ToUpperInvariant(),
            new string('A', 4_000),
            "*&%$",
        ];

        foreach (var token in tokens)
        {
            Assert.NotEmpty(token);
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("/portal/sign-in", PortalClient.Entries("alice", "wonderland", token))).Status);
        }

        Assert.Equal(before, site.Asked("alice"));
        Assert.Equal(511, await client.AskGateAsync());
    }

    [Fact]
    public async Task A_form_sent_twice_asks_the_server_once_and_answers_both()
    {
        using var client = site.Client();
        var before = site.Asked("zoë");
        var token = (await client.GetAsync("/portal")).Token;
        var entries = PortalClient.Entries("zoë", "no such password", token).ToArray();

        var answers = await Task.WhenAll(client.PostAsync("/portal/sign-in", entries), client.PostAsync("/portal/sign-in", entries));

        Assert.Equal(before + 1, site.Asked("zoë"));
        Assert.Equal(answers[0].Reference, answers[1].Reference);
        Assert.NotEmpty(answers[0].Reference);
    }

    [Fact]
    public async Task A_used_form_with_another_password_is_shown_anew()
    {
        using var client = site.Client();
        var token = (await client.GetAsync("/portal")).Token;
        await client.PostAsync("/portal/sign-in", PortalClient.Entries("kim", "first", token));
        var before = site.Asked("kim");

        var second = await client.PostAsync("/portal/sign-in", PortalClient.Entries("kim", "possible", token));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.Status);
        Assert.NotEqual(token, second.Token, StringComparer.Ordinal);
        Assert.Equal(before, site.Asked("kim"));
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "not an origin")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_form_sent_by_another_sites_page_is_refused(string header, string value)
    {
        using var client = site.Client();
        var before = site.Asked("alice");
        var token = (await client.GetAsync("/portal")).Token;

        var answer = await client.PostAsync("/portal/sign-in", PortalClient.Entries("alice", "wonderland", token), (header, value));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(before, site.Asked("alice"));
    }

    [Fact]
    public async Task A_mini_browser_that_sends_the_origin_null_signs_in()
    {
        using var client = site.Client();
        var token = (await client.GetAsync("/portal")).Token;

        var answer = await client.PostAsync("/portal/sign-in", PortalClient.Entries("alice", "wonderland", token), ("Origin", "null"));

        Assert.Equal("/portal/status", answer.Location);
    }

    [Fact]
    public async Task A_log_off_counts_only_with_the_token_of_the_session_it_ends()
    {
        using var client = site.Client();
        await client.SignInAsync("alice", "wonderland");
        var old = (await client.GetAsync("/portal/status")).Token;
        await client.PostAsync("/portal/log-off", [("token", old)]);
        await client.SignInAsync("alice", "wonderland");

        var refused = await client.PostAsync("/portal/log-off", [("token", old)]);
        var forged = await client.PostAsync("/portal/log-off", [("token", "")]);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(HttpStatusCode.BadRequest, forged.Status);
        Assert.NotEqual(511, await client.AskGateAsync());
        Assert.Equal(HttpStatusCode.SeeOther, (await client.PostAsync("/portal/log-off", [("token", refused.Token)])).Status);
        Assert.Equal(511, await client.AskGateAsync());
    }
}
