using System.Net;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Web.Desk.Access;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Access;

/// <summary>Signing in and out by a local account, as a browser without script does it.</summary>
public sealed class SignInTests(AccessSite site) : IClassFixture<AccessSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_is_a_form_that_browsers_and_password_stores_understand()
    {
        using var browser = site.Browser();

        using var answer = await browser.GetAsync("/sign-in?return=%2Fsessions%3Fq%3Dlena");
        var page = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Contains("""<label for="username">User name</label>""", page, StringComparison.Ordinal);
        Assert.Contains("""autocomplete="username" """, page, StringComparison.Ordinal);
        Assert.Contains("""autocomplete="current-password" """, page, StringComparison.Ordinal);
        Assert.Equal("/sessions?q=lena", DeskBrowser.Hidden(page, "return"));
        Assert.Single(page.Split("<h1")[1..]);
        Assert.DoesNotContain("Nobody can sign in yet", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_right_password_leads_to_the_page_that_was_asked_for_with_a_hardened_cookie()
    {
        var account = await site.AccountAsync();
        using var browser = site.Browser();

        using var answer = await browser.SignInAsync(account.Name, AccessSite.Password, "/me?x=1");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/me?x=1", answer.Headers.Location?.ToString());
        var cookie = Assert.Single(browser.SetCookies, set => set.StartsWith("nac-desk=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        using var start = await browser.GetAsync("/");
        Assert.Equal("/overview", start.Headers.Location?.ToString());
        var line = await LastLineAsync(account.Name);
        Assert.Equal((AccessTrail.SignIn, "done", "Administrator", "127.0.0.1"), (line.Action, line.Outcome, line.Role, line.Source));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer()
    {
        var account = await site.AccountAsync();
        using var browser = site.Browser();

        using var wrong = await browser.SignInAsync(account.Name, "not the password");
        var ofWrong = await wrong.Content.ReadAsStringAsync(Cancellation);
        using var unknown = await browser.SignInAsync("eve", "not the password");
        var ofUnknown = await unknown.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(wrong.StatusCode, unknown.StatusCode);
        Assert.Equal(ofWrong.Replace(account.Name, "NAME", StringComparison.Ordinal), ofUnknown.Replace("value=\"eve\"", "value=\"NAME\"", StringComparison.Ordinal));
        Assert.Contains("""role="alert" """, ofWrong, StringComparison.Ordinal);
        Assert.DoesNotContain("not the password", ofWrong, StringComparison.Ordinal);
        Assert.Null(browser.Session);
        Assert.Equal("Wrong password of a local account.", (await LastLineAsync(account.Name)).Detail);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/sign-out")]
    [InlineData("")]
    public async Task It_leads_to_no_other_site(string wanted)
    {
        var account = await site.AccountAsync();
        using var browser = site.Browser();

        using var answer = await browser.SignInAsync(account.Name, AccessSite.Password, wanted);

        Assert.Equal("/", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_form_of_another_browser_signs_nobody_in()
    {
        var account = await site.AccountAsync();
        using var attacker = site.Browser();
        using var victim = site.Browser();
        var form = await attacker.PageAsync("/sign-in");
        await victim.PageAsync("/sign-in");

        using var answer = await victim.PostAsync("/sign-in", [("token", DeskBrowser.Hidden(form, "token")), ("username", account.Name), ("password", AccessSite.Password)]);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null(victim.Session);
        Assert.Empty(await SessionsAsync(account.Name));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    public async Task A_form_that_another_site_sends_signs_nobody_in(string header, string value)
    {
        var account = await site.AccountAsync();
        using var browser = site.Browser();
        var form = await browser.PageAsync("/sign-in");

        using var answer = await browser.PostAsync("/sign-in", [("token", DeskBrowser.Hidden(form, "token")), ("username", account.Name), ("password", AccessSite.Password)], (header, value));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null(browser.Session);
    }

    [Fact]
    public async Task A_cookie_that_was_planted_before_the_sign_in_is_worth_nothing_after_it()
    {
        var account = await site.AccountAsync();
        using var browser = site.Browser();
        const string Planted = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        browser.Cookies["nac-desk"] = Planted;

        using var answer = await browser.SignInAsync(account.Name, AccessSite.Password);

        Assert.NotEqual(Planted, browser.Session, StringComparer.Ordinal);
        using var attacker = site.Browser();
        attacker.Cookies["nac-desk"] = Planted;
        using var refused = await attacker.GetAsync("/");
        Assert.StartsWith("/sign-in", refused.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_sign_in_has_a_token_of_its_own_and_the_database_none_of_them()
    {
        var account = await site.AccountAsync();
        using var one = site.Browser();
        using var other = site.Browser();
        using var first = await one.SignInAsync(account.Name, AccessSite.Password);
        using var second = await other.SignInAsync(account.Name, AccessSite.Password);

        var sessions = await SessionsAsync(account.Name);

        Assert.NotEqual(one.Session, other.Session, StringComparer.Ordinal);
        Assert.Equal(2, sessions.Count);
        Assert.DoesNotContain(sessions, session => Convert.ToHexString(session.TokenHash) == Convert.ToHexString(System.Buffers.Text.Base64Url.DecodeFromChars(one.Session)));
    }

    [Fact]
    public async Task Signing_out_ends_it_for_a_copy_of_the_cookie_too()
    {
        using var browser = await site.SignedInAsync(DeskRole.Viewer);
        var copy = browser.Session!;
        using var byGet = await browser.GetAsync("/sign-out");
        using var withoutToken = await browser.PostAsync("/sign-out", []);

        using var answer = await browser.ActAsync("/sign-out");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, byGet.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, withoutToken.StatusCode);
        Assert.Equal("/sign-in", answer.Headers.Location?.ToString());
        Assert.Null(browser.Session);
        browser.Cookies["nac-desk"] = copy;
        using var again = await browser.GetAsync("/me");
        Assert.Equal("/sign-in?return=%2Fme", again.Headers.Location?.ToString());
    }

    [Fact]
    public async Task The_token_of_forms_is_not_the_cookie()
    {
        using var browser = await site.SignedInAsync(DeskRole.Viewer);

        var token = await browser.FormTokenAsync();

        Assert.NotEqual(browser.Session, token, StringComparer.Ordinal);
        Assert.DoesNotContain(browser.Session!, await browser.PageAsync("/me"), StringComparison.Ordinal);
        using var other = await site.SignedInAsync(DeskRole.Viewer);
        using var refused = await other.PostAsync("/sign-out", [("csrf", token)]);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Theory]
    [InlineData(31, 0)]
    [InlineData(0, 12 * 60)]
    public async Task It_ends_when_nobody_is_there_and_at_the_end_of_its_life(int idleMinutes, int ageMinutes)
    {
        var account = await site.AccountAsync();
        using var browser = site.Browser();
        using var begun = await browser.SignInAsync(account.Name, AccessSite.Password);
        await using (var database = await site.Desk.DatabaseAsync())
        {
            await database.Set<AdminSession>().Where(row => row.Name == account.Name).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.SeenAt, DateTimeOffset.UnixEpoch).SetProperty(row => row.ExpiresAt, DateTimeOffset.UnixEpoch),
                Cancellation);
            var now = site.Desk.Service<TimeProvider>().GetUtcNow();
            await database.Set<AdminSession>().Where(row => row.Name == account.Name).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.SeenAt, now.AddMinutes(-idleMinutes)).SetProperty(row => row.ExpiresAt, now.AddMinutes((12 * 60) - ageMinutes)),
                Cancellation);
        }

        using var answer = await browser.GetAsync("/me");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task A_page_that_is_asked_for_prolongs_it_and_a_live_feed_does_not()
    {
        var account = await site.AccountAsync(DeskRole.Viewer);
        using var browser = site.Browser();
        using var begun = await browser.SignInAsync(account.Name, AccessSite.Password);
        var earlier = site.Desk.Service<TimeProvider>().GetUtcNow().AddMinutes(-20);
        await using (var database = await site.Desk.DatabaseAsync())
        {
            await database.Set<AdminSession>().Where(row => row.Name == account.Name).ExecuteUpdateAsync(set => set.SetProperty(row => row.SeenAt, earlier), Cancellation);
        }

        using var unattended = await browser.GetAsync("/me", (DeskSessions.Unattended, "1"));
        var afterUnattended = (await SessionsAsync(account.Name))[0].SeenAt;
        var page = await browser.PageAsync("/me");
        var afterPage = (await SessionsAsync(account.Name))[0].SeenAt;

        Assert.True(afterUnattended - earlier < TimeSpan.FromSeconds(1));
        Assert.True(afterPage > earlier.AddMinutes(19));
        Assert.Matches("""<meta name="session-seconds" content="1[78][0-9]{2}" ?/?>""", page);
    }

    [Fact]
    public async Task Closing_an_account_and_changing_its_role_sign_its_owner_out()
    {
        var accounts = site.Desk.Service<AdministratorAccounts>();
        var line = new AuditEntry { Actor = "test", Action = "administrator.role" };
        var account = await site.AccountAsync(DeskRole.Viewer);
        using var browser = site.Browser();
        using var first = await browser.SignInAsync(account.Name, AccessSite.Password);

        await accounts.ChangeRoleAsync(account.Id, DeskRole.Auditor, evenTheLast: false, line, Cancellation);
        using var afterRole = await browser.GetAsync("/me");
        using var second = await browser.SignInAsync(account.Name, AccessSite.Password);
        await accounts.CloseAsync(account.Id, evenTheLast: false, line, Cancellation);
        using var afterClosing = await browser.GetAsync("/me");
        using var third = await browser.SignInAsync(account.Name, AccessSite.Password);

        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.SeeOther], [afterRole.StatusCode, afterClosing.StatusCode]);
        Assert.Equal("/me", second.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, third.StatusCode);
    }

    [Fact]
    public async Task A_hash_of_yesterday_is_made_anew_at_the_sign_in()
    {
        var account = await site.AccountAsync();
        var old = new Microsoft.AspNetCore.Identity.PasswordHasher<object>(Microsoft.Extensions.Options.Options.Create(new Microsoft.AspNetCore.Identity.PasswordHasherOptions { IterationCount = 1000 })).HashPassword(new object(), AccessSite.Password);
        await site.Desk.Service<AdministratorAccounts>().RehashAsync(account, old, Cancellation);
        using var browser = site.Browser();

        using var answer = await browser.SignInAsync(account.Name, AccessSite.Password);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var kept = await site.Desk.Service<AdministratorAccounts>().FindAsync(account.Id, Cancellation);
        Assert.NotEqual(old, kept!.PasswordHash, StringComparer.Ordinal);
        Assert.NotEqual(account.PasswordHash, kept.PasswordHash, StringComparer.Ordinal);
    }

    private async Task<List<AdminSession>> SessionsAsync(string name)
    {
        await using var database = await site.Desk.DatabaseAsync();
        return await database.Set<AdminSession>().Where(row => row.Name == name).ToListAsync(Cancellation);
    }

    private async Task<AuditRecord> LastLineAsync(string actor)
    {
        await using var database = await site.Desk.DatabaseAsync();
        return await database.Set<AuditRecord>().Where(row => row.Actor == actor).OrderByDescending(row => row.Sequence).FirstAsync(Cancellation);
    }
}
