using System.Net;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Access;

/// <summary>Administrators whom a RADIUS server makes such.</summary>
public sealed class RadiusSignInTests(AccessSite site) : IClassFixture<AccessSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_attribute_of_the_reply_gives_the_role()
    {
        using var browser = site.Browser();

        using var answer = await browser.SignInAsync("ada", "analytical");

        Assert.Equal("/me", answer.Headers.Location?.ToString());
        var session = await SessionAsync("ada");
        Assert.Equal((DeskRole.Administrator, "radius dc-1"), (session.Role, session.Origin));
        Assert.Equal("dc-1 accepted, Filter-Id = nac-admin.", (await LastLineAsync("ada")).Detail);
    }

    [Fact]
    public async Task A_challenge_is_a_second_page_with_the_servers_words_as_text()
    {
        using var browser = site.Browser();
        using var asked = await browser.SignInAsync("carl", "sagan's cosmos");
        var page = await asked.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("Code &lt;b&gt;please&lt;/b&gt;", page, StringComparison.Ordinal);

        using var answer = await browser.AnswerAsync(page, "424242");

        Assert.Equal("/me", answer.Headers.Location?.ToString());
        var session = await SessionAsync("carl");
        Assert.Equal(DeskRole.HelpDesk, session.Role);

        // Session-Timeout of the reply is shorter than the setting.
        Assert.Equal(TimeSpan.FromMinutes(10), session.ExpiresAt - session.StartedAt);
    }

    [Fact]
    public async Task A_server_lets_nobody_in_under_the_name_of_a_local_account()
    {
        Assert.Equal("local-1", (await site.AccountAsync()).Name);
        using var browser = site.Browser();

        using var answer = await browser.SignInAsync("mask", "canonical");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("The name that the server gave in its reply is that of a local account.", (await LastLineAsync("mask")).Detail);
    }

    [Theory]
    [InlineData("alice", "wonderland", "dc-1 accepted, but no line of Admin:Roles fits its reply.")]
    [InlineData("frank", "framed", "dc-1 accepted with Service-Type Framed, which is not administration.")]
    [InlineData("nora", "prompted", "dc-1 accepted with Service-Type NAS-Prompt, which grants no privileges, and Filter-Id = nac-admin would make an administrator.")]
    [InlineData("gateway", "reserved", "The name means something else in the audit trail.")]
    [InlineData("eve", "anything", "dc-1 rejected it. Reply-Message: account <b>locked</b>")]
    [InlineData("bob", "wrong", "dc-1 rejected it.")]
    public async Task Who_is_no_administrator_is_refused_in_the_same_words_and_the_trail_says_why(string name, string password, string why)
    {
        using var browser = site.Browser();

        using var answer = await browser.SignInAsync(name, password);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("We could not sign you in", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Null(browser.Session);
        var line = await LastLineAsync(name);
        Assert.StartsWith(why, line.Detail, StringComparison.Ordinal);
        Assert.Equal("refused", line.Outcome);
    }

    [Fact]
    public async Task A_challenge_of_the_portal_cannot_be_answered_at_the_desk()
    {
        using var browser = site.Browser();
        using var asked = await browser.SignInAsync("carl", "sagan's cosmos");
        var page = await asked.Content.ReadAsStringAsync(Cancellation);

        using var answer = await browser.PostAsync("/sign-in/code", [("token", DeskBrowser.Hidden(page, "token")), ("step", "AAAAAAAAAAAAAAAAAAAAAA"), ("answer", "424242")]);

        Assert.Contains("This step took too long", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private async Task<AdminSession> SessionAsync(string name)
    {
        await using var database = await site.Desk.DatabaseAsync();
        return (await database.Set<AdminSession>().Where(row => row.Name == name).ToListAsync(Cancellation))[^1];
    }

    private async Task<AuditRecord> LastLineAsync(string actor)
    {
        await using var database = await site.Desk.DatabaseAsync();
        return await database.Set<AuditRecord>().Where(row => row.Actor == actor).OrderByDescending(row => row.Sequence).FirstAsync(Cancellation);
    }
}
