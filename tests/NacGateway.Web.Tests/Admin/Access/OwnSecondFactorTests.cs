using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Access;

/// <summary>An administrator takes, replaces and removes the second factor of his own account.</summary>
public sealed partial class OwnSecondFactorTests(AccessSite site) : IClassFixture<AccessSite>
{
    private const string Page = "/me/second-factor";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_counts_once_a_code_has_shown_that_the_authenticator_has_it_and_other_sign_ins_end()
    {
        var account = await site.AccountAsync(DeskRole.Viewer);
        using var here = site.Browser();
        using var there = site.Browser();
        using var first = await here.SignInAsync(account.Name, AccessSite.Password);
        using var second = await there.SignInAsync(account.Name, AccessSite.Password);

        using var stranger = await here.ActAsync(Page, ("present", "not it at all"));
        var (offer, secret) = await OfferAsync(here);
        var before = await FindAsync(account);
        using var wrong = await here.ActAsync($"{Page}/confirm", ("offer", offer), ("code", Wrong(secret)));
        using var stolen = await there.ActAsync($"{Page}/confirm", ("offer", offer), ("code", Code(secret)));
        using var right = await here.ActAsync($"{Page}/confirm", ("offer", offer), ("code", Code(secret)));
        var page = await here.PageAsync(Page);
        using var ended = await there.GetAsync("/me");

        Assert.Equal(
            [HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther],
            [stranger.StatusCode, wrong.StatusCode, stolen.StatusCode, right.StatusCode, ended.StatusCode]);
        Assert.Null(before.TotpSecret);
        Assert.Contains("asks for a code", page, StringComparison.Ordinal);
        Assert.DoesNotContain(TimeCode.Words(secret), page, StringComparison.Ordinal);
        using var again = site.Browser();
        using var asked = await again.SignInAsync(account.Name, AccessSite.Password);
        Assert.Null(again.Session);
        using var used = await again.AnswerAsync(await asked.Content.ReadAsStringAsync(Cancellation), Code(secret));
        Assert.Null(again.Session);
        await using var database = await site.Desk.DatabaseAsync();
        Assert.Equal(["his own"], await database.Set<AuditRecord>().Where(line => line.Target == account.Name && line.Action == "administrator.totp").Select(line => line.Detail).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task It_is_replaced_and_removed_with_password_and_code_alone()
    {
        var secret = System.Security.Cryptography.RandomNumberGenerator.GetBytes(TimeCode.SecretLength);
        using var browser = site.Browser();
        var account = await site.AccountAsync(DeskRole.Viewer);
        using var begun = await browser.SignInAsync(account.Name, AccessSite.Password);
        await SetAsync(account, secret);

        using var noCode = await browser.ActAsync(Page, ("present", AccessSite.Password));
        using var noPassword = await browser.ActAsync($"{Page}/remove", ("present", "not it at all"), ("code", Code(secret)));
        using var wrongCode = await browser.ActAsync($"{Page}/remove", ("present", AccessSite.Password), ("code", Wrong(secret)));
        var stays = await FindAsync(account);
        var (offer, next) = await OfferAsync(browser, Code(secret));
        using var twice = await browser.ActAsync($"{Page}/remove", ("present", AccessSite.Password), ("code", Code(secret)));
        using var replaced = await browser.ActAsync($"{Page}/confirm", ("offer", offer), ("code", Code(next)));
        using var replayed = await browser.ActAsync($"{Page}/confirm", ("offer", offer), ("code", Code(next)));
        await SetAsync(account, next);
        using var removed = await browser.ActAsync($"{Page}/remove", ("present", AccessSite.Password), ("code", Code(next)));

        Assert.All(new[] { noCode, noPassword, wrongCode, twice, replayed }, answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode));
        Assert.NotNull(stays.TotpSecret);
        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.SeeOther], [replaced.StatusCode, removed.StatusCode]);
        Assert.Null((await FindAsync(account)).TotpSecret);
    }

    [Fact]
    public async Task Who_signed_in_through_RADIUS_has_none_here()
    {
        using var browser = site.Browser();
        using var begun = await browser.SignInAsync("ada", "analytical");

        using var page = await browser.GetAsync(Page);
        using var offer = await browser.ActAsync(Page, ("present", "analytical"));

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound], [page.StatusCode, offer.StatusCode]);
    }

    private static async Task<(string Offer, byte[] Secret)> OfferAsync(DeskBrowser browser, string code = "")
    {
        using var answer = await browser.ActAsync(Page, ("present", AccessSite.Password), ("code", code));
        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, page);
        var link = Link().Match(page);
        return (DeskBrowser.Hidden(page, "offer"), Octets(link.Groups["secret"].Value));
    }

    private static string Code(byte[] secret) => TimeCode.Of(secret, TimeCode.StepAt(TimeProvider.System.GetUtcNow()));

    /// <summary>A code that is none of the three that would be taken.</summary>
    private static string Wrong(byte[] secret)
    {
        var step = TimeCode.StepAt(TimeProvider.System.GetUtcNow());
        return Enumerable.Range(0, 10).Select(number => $"{number}00000").First(code => Enumerable.Range(-2, 5).All(near => TimeCode.Of(secret, step + near) != code));
    }

    /// <summary>RFC 4648 section 6.</summary>
    private static byte[] Octets(string text)
    {
        var bits = string.Concat(text.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(at => Convert.ToByte(bits.Substring(at * 8, 8), 2))];
    }

    private async Task<Administrator> FindAsync(Administrator account) => (await site.Desk.Service<AdministratorAccounts>().FindAsync(account.Id, Cancellation))!;

    /// <summary>Puts a factor in place of which no code was used yet, without ending a sign-in.</summary>
    private async Task SetAsync(Administrator account, byte[] secret)
    {
        var boxed = site.Desk.Service<SecretBox>().Seal(secret, Web.Desk.Access.LocalSignIn.Purpose(account.Name));
        await using var database = await site.Desk.DatabaseAsync();
        await database.Set<Administrator>().Where(row => row.Id == account.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.TotpSecret, boxed).SetProperty(row => row.TotpStep, 0), Cancellation);
    }

    [GeneratedRegex("""href="otpauth://totp/NacGateway:[^?"]+\?secret=(?<secret>[A-Z2-7]+)&amp;issuer=NacGateway""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Link();
}
