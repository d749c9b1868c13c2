using System.Net;
using System.Security.Cryptography;
using NacGateway.Core.Administration;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Access;

/// <summary>The code of an authenticator app (RFC 6238) as second step.</summary>
public sealed class SecondFactorTests(AccessSite site) : IClassFixture<AccessSite>
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(TimeCode.SecretLength);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_password_alone_is_not_enough_and_a_code_works_once()
    {
        var account = await site.AccountAsync(totp: _secret);
        using var browser = site.Browser();
        using var asked = await browser.SignInAsync(account.Name, AccessSite.Password);
        var codePage = await asked.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.Null(browser.Session);
        Assert.Contains("""autocomplete="one-time-code" """, codePage, StringComparison.Ordinal);
        var code = Code();

        using var answer = await browser.AnswerAsync(codePage, code);

        Assert.Equal("/me", answer.Headers.Location?.ToString());
        using var other = site.Browser();
        using var askedAgain = await other.SignInAsync(account.Name, AccessSite.Password);
        using var replayed = await other.AnswerAsync(await askedAgain.Content.ReadAsStringAsync(Cancellation), code);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, replayed.StatusCode);
        Assert.Null(other.Session);
    }

    [Fact]
    public async Task Of_two_sign_ins_with_one_code_at_the_same_moment_one_succeeds()
    {
        var account = await site.AccountAsync(totp: _secret);
        using var one = site.Browser();
        using var other = site.Browser();
        using var askedOne = await one.SignInAsync(account.Name, AccessSite.Password);
        using var askedOther = await other.SignInAsync(account.Name, AccessSite.Password);
        string pageOfOne = await askedOne.Content.ReadAsStringAsync(Cancellation), pageOfOther = await askedOther.Content.ReadAsStringAsync(Cancellation);
        var code = Code();

        var answers = await Task.WhenAll(one.AnswerAsync(pageOfOne, code), other.AnswerAsync(pageOfOther, code));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task After_three_wrong_codes_the_password_is_asked_for_again()
    {
        var account = await site.AccountAsync(totp: _secret);
        using var browser = site.Browser();
        using var asked = await browser.SignInAsync(account.Name, AccessSite.Password);
        var page = await asked.Content.ReadAsStringAsync(Cancellation);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var again = await browser.AnswerAsync(page, "000000");
            page = await again.Content.ReadAsStringAsync(Cancellation);
            Assert.Contains("That code did not work", page, StringComparison.Ordinal);
        }

        using var last = await browser.AnswerAsync(page, "000000");
        var end = await last.Content.ReadAsStringAsync(Cancellation);
        using var afterwards = await browser.AnswerAsync(page, Code());

        Assert.Contains("We could not sign you in", end, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, afterwards.StatusCode);
        Assert.Null(browser.Session);
    }

    [Fact]
    public async Task The_secret_lies_sealed_and_for_its_own_account()
    {
        var account = await site.AccountAsync(totp: _secret);
        var box = site.Desk.Service<SecretBox>();

        Assert.Equal(-1, account.TotpSecret.AsSpan().IndexOf(_secret));
        Assert.Equal(_secret, box.Open(account.TotpSecret, $"totp {AdminNames.Key(account.Name)}"));
        Assert.Null(box.Open(account.TotpSecret, "totp SOMEBODY"));
    }

    private string Code() => TimeCode.Of(_secret, TimeCode.StepAt(site.Desk.Service<TimeProvider>().GetUtcNow()));
}
