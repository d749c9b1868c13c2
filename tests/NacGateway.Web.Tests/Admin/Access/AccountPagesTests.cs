using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Access;

/// <summary>The pages of accounts, sign-ins and one's own preferences.</summary>
public sealed class AccountPagesTests(AccessSite site) : IClassFixture<AccessSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_is_made_with_a_first_password_that_is_shown_once()
    {
        using var admin = await site.SignedInAsync(DeskRole.Administrator);

        using var made = await admin.ActAsync("/settings/admins", ("name", "<b>lena</b>"), ("role", "HelpDesk"));
        var page = await made.Content.ReadAsStringAsync(Cancellation);
        var password = Regex.Match(page, "[a-z2-9]{4}(-[a-z2-9]{4}){3}", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Value;

        Assert.DoesNotContain("<b>lena", page, StringComparison.Ordinal);
        Assert.DoesNotContain(password, await admin.PageAsync("/settings/admins"), StringComparison.Ordinal);
        using var lena = site.Browser();
        using var begun = await lena.SignInAsync("<b>lena</b>", password);
        Assert.Equal(HttpStatusCode.SeeOther, begun.StatusCode);
        using var forbidden = await lena.GetAsync("/settings/admins");
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.Contains("Administrator", await forbidden.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_password_and_second_factor_are_changed_and_each_is_in_the_trail()
    {
        using var admin = await site.SignedInAsync(DeskRole.Administrator);
        var account = await site.AccountAsync(DeskRole.Viewer, totp: new byte[20]);

        using var role = await admin.ActAsync($"/settings/admins/{account.Id}/role", ("role", "Auditor"));
        using var totp = await admin.ActAsync($"/settings/admins/{account.Id}/totp");
        using var password = await admin.ActAsync($"/settings/admins/{account.Id}/password");
        using var closed = await admin.ActAsync($"/settings/admins/{account.Id}/close", ("confirm", "yes"));
        using var again = await admin.ActAsync($"/settings/admins/{account.Id}/close", ("confirm", "yes"));

        var after = await site.Desk.Service<AdministratorAccounts>().FindAsync(account.Id, Cancellation);
        Assert.Equal((DeskRole.Auditor, null, false), (after!.Role, after.TotpSecret, after.ClosedAt is null));
        Assert.NotEqual(account.PasswordHash, after.PasswordHash, StringComparer.Ordinal);
        await using var database = await site.Desk.DatabaseAsync();
        var lines = await database.Set<AuditRecord>().Where(line => line.Target == account.Name).OrderBy(line => line.Sequence).Select(line => line.Action).ToListAsync(Cancellation);
        Assert.Equal(["administrator.add", "administrator.role", "administrator.totp", "administrator.password", "administrator.close"], lines);
    }

    [Fact]
    public async Task The_last_administrator_is_neither_closed_nor_made_less()
    {
        await using var alone = new AccessSite();
        await alone.InitializeAsync();
        using var admin = await alone.SignedInAsync(DeskRole.Administrator);
        var id = (await alone.Desk.Service<AdministratorAccounts>().ListAsync(Cancellation))[0].Id;

        using var closed = await admin.ActAsync($"/settings/admins/{id}/close", ("confirm", "yes"));
        using var role = await admin.ActAsync($"/settings/admins/{id}/role", ("role", "Viewer"));

        Assert.Contains("this is the last account", await admin.PageAsync($"/settings/admins/{id}"), StringComparison.Ordinal);
        var account = await alone.Desk.Service<AdministratorAccounts>().FindAsync(id, Cancellation);
        Assert.Equal((DeskRole.Administrator, true), (account!.Role, account.ClosedAt is null));
    }

    [Fact]
    public async Task An_administrator_signs_another_one_out_and_nobody_but_himself_a_viewer()
    {
        using var admin = await site.SignedInAsync(DeskRole.Administrator);
        using var victim = await site.SignedInAsync(DeskRole.Viewer);
        using var viewer = await site.SignedInAsync(DeskRole.Viewer);
        var id = Id(victim);

        using var byViewer = await viewer.ActAsync("/me/sessions/end", ("id", id));
        using var still = await victim.GetAsync("/me");
        using var byAdmin = await admin.ActAsync("/settings/admins/sessions/end", ("id", id), ("confirm", "yes"));
        using var gone = await victim.GetAsync("/me");

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.SeeOther], [still.StatusCode, gone.StatusCode]);
    }

    [Fact]
    public async Task What_cannot_be_taken_back_is_asked_for_twice_without_script_on_a_page_of_its_own()
    {
        using var admin = await site.SignedInAsync(DeskRole.Administrator);
        var account = await site.AccountAsync(DeskRole.Viewer);
        using var victim = site.Browser();
        using var begun = await victim.SignInAsync(account.Name, AccessSite.Password);
        using var made = await admin.ActAsync("/settings/api-keys", ("name", "<i>asked</i>"), ("role", "Viewer"), ("days", "9"));
        var keys = await admin.PageAsync("/settings/api-keys");
        var key = DeskBrowser.Hidden(keys[keys.IndexOf("asked", StringComparison.Ordinal)..], "id");

        using var close = await admin.ActAsync($"/settings/admins/{account.Id}/close");
        using var end = await admin.ActAsync("/settings/admins/sessions/end", ("id", Id(victim)));
        using var revoke = await admin.ActAsync("/settings/api-keys/revoke", ("id", key));
        using var stays = await victim.GetAsync("/me");

        foreach (var (answer, question, action) in new[] { (close, "Close this account?", $"/settings/admins/{account.Id}/close"), (end, "Sign this administrator out?", "/settings/admins/sessions/end"), (revoke, "Revoke this key?", "/settings/api-keys/revoke") })
        {
            var page = await answer.Content.ReadAsStringAsync(Cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains($"<h1>{question}</h1>", page, StringComparison.Ordinal);
            Assert.Contains($"action=\"{action}\"", page, StringComparison.Ordinal);
            Assert.Equal("yes", DeskBrowser.Hidden(page, "confirm"));
            Assert.DoesNotContain("<i>asked", page, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, stays.StatusCode);
        Assert.Null((await site.Desk.Service<AdministratorAccounts>().FindAsync(account.Id, Cancellation))!.ClosedAt);
        using var confirmed = await admin.ActAsync("/settings/api-keys/revoke", ("id", key), ("confirm", "yes"));
        Assert.Contains("The key is revoked.", await admin.PageAsync("/settings/api-keys"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_is_told_where_to_go_and_what_is_missing()
    {
        using var admin = await site.SignedInAsync(DeskRole.Administrator);
        var account = await site.AccountAsync(DeskRole.Viewer);
        var token = await admin.FormTokenAsync();

        using var asked = await admin.PostAsync($"/settings/admins/{account.Id}/close", [("csrf", token)], ("Accept", "application/json"));
        using var done = await admin.PostAsync($"/settings/admins/{account.Id}/close", [("csrf", token), ("confirm", "yes")], ("Accept", "application/json"));

        Assert.Equal(HttpStatusCode.Conflict, asked.StatusCode);
        Assert.Contains($"\"next\":\"/settings/admins/{account.Id}\"", await done.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("The account is closed.", await admin.PageAsync($"/settings/admins/{account.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_changes_his_own_password_knowing_the_present_one_and_other_sign_ins_end()
    {
        var account = await site.AccountAsync(DeskRole.Viewer);
        using var here = site.Browser();
        using var there = site.Browser();
        using var first = await here.SignInAsync(account.Name, AccessSite.Password);
        using var second = await there.SignInAsync(account.Name, AccessSite.Password);

        using var wrong = await here.ActAsync("/me/password", ("present", "not it at all"), ("wanted", "another horse battery"), ("again", "another horse battery"));
        using var weak = await here.ActAsync("/me/password", ("present", AccessSite.Password), ("wanted", "short"), ("again", "short"));
        using var right = await here.ActAsync("/me/password", ("present", AccessSite.Password), ("wanted", "another horse battery"), ("again", "another horse battery"));

        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther], [wrong.StatusCode, weak.StatusCode, right.StatusCode]);
        using var stays = await here.GetAsync("/me");
        using var ended = await there.GetAsync("/me");
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.SeeOther], [stays.StatusCode, ended.StatusCode]);
    }

    [Fact]
    public async Task Preferences_are_kept_and_nothing_else_that_a_form_sends()
    {
        using var browser = await site.SignedInAsync(DeskRole.Viewer);

        using var kept = await browser.ActAsync("/me/preferences", ("theme", "dark"), ("zone", "Europe/Berlin"), ("density", "\"><script>"), ("shortcuts", "off"), ("role", "Administrator"));
        var page = await browser.PageAsync("/me");

        Assert.Contains("data-theme=\"dark\"", page, StringComparison.Ordinal);
        Assert.Contains("data-zone=\"Europe/Berlin\"", page, StringComparison.Ordinal);
        Assert.Contains("data-shortcuts=\"off\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        using var back = await browser.ActAsync("/me/preferences", ("theme", "system"), ("zone", ""));
        Assert.Contains("data-theme=\"system\"", await browser.PageAsync("/me"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example", "x", "")]
    [InlineData("javascript:alert(1)", "x", "")]
    [InlineData("/sessions", "", "")]
    [InlineData("/sessions", "x", "a#b")]
    public async Task A_view_that_would_lead_elsewhere_is_not_kept(string page, string name, string query)
    {
        using var browser = await site.SignedInAsync(DeskRole.Viewer);

        using var answer = await browser.ActAsync("/me/views", ("page", page), ("name", name), ("query", query));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("None yet", await browser.PageAsync("/me"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_is_kept_listed_and_deleted_by_its_owner_alone()
    {
        using var browser = await site.SignedInAsync(DeskRole.Viewer);
        using var other = await site.SignedInAsync(DeskRole.Viewer);

        using var kept = await browser.ActAsync("/me/views", ("page", "/sessions"), ("name", "My <b>view</b>"), ("query", "?q=lena&state=stale"));
        var page = await browser.PageAsync("/me");
        var id = DeskBrowser.Hidden(page[page.IndexOf("/me/views/delete", StringComparison.Ordinal)..], "id");
        using var notHis = await other.ActAsync("/me/views/delete", ("id", id));

        Assert.Equal("/sessions?q=lena&state=stale", kept.Headers.Location?.ToString());
        Assert.Contains("href=\"/sessions?q=lena&amp;state=stale\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>view", page, StringComparison.Ordinal);
        Assert.Contains("/me/views/delete", await browser.PageAsync("/me"), StringComparison.Ordinal);
        using var deleted = await browser.ActAsync("/me/views/delete", ("id", id));
        Assert.DoesNotContain("/me/views/delete", await browser.PageAsync("/me"), StringComparison.Ordinal);
        using var back = await browser.ActAsync("/me/views/restore", ("id", id));
        Assert.Contains("/me/views/delete", await browser.PageAsync("/me"), StringComparison.Ordinal);
    }

    private static string Id(DeskBrowser browser) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Buffers.Text.Base64Url.DecodeFromChars(browser.Session)));
}
