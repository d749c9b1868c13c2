using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.TestKit;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Access;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Access;

/// <summary>From outside nobody tells a local account from a name of the RADIUS server, a closed account, or none: not by answer, work or time.</summary>
public sealed class AccountSecrecyTests(AccessSite site) : IClassFixture<AccessSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_kind_of_name_gets_the_same_answer_for_the_same_work()
    {
        var open = (await site.AccountAsync()).Name;
        var closed = await site.AccountAsync();
        await site.Desk.Service<AdministratorAccounts>().CloseAsync(closed.Id, evenTheLast: true, new AuditEntry { Actor = "test", Action = "administrator.close" }, Cancellation);
        var passwords = site.Desk.Service<DeskPasswords>();
        List<(HttpStatusCode Status, string Page, long Work)> answers = [];
        foreach (var name in (string[])[open, closed.Name, "ada", "nobody-of-this-name"])
        {
            using var browser = site.Browser();
            var before = passwords.Comparisons;
            using var answer = await browser.SignInAsync(name, "not the password");
            answers.Add((answer.StatusCode, Anonymous(await answer.Content.ReadAsStringAsync(Cancellation), name), passwords.Comparisons - before));
        }

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.UnprocessableEntity, answers[0].Page, 1L), (answer.Status, answer.Page, answer.Work)));
    }

    [Fact]
    public async Task While_no_server_answers_a_local_name_is_refused_and_held_as_any_other()
    {
        await using var dark = new AccessSite
        {
            More = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Radius:Servers:0:AuthenticationPort"] = FreePorts.Udp().ToString(CultureInfo.InvariantCulture),
                ["Radius:LoginBudget"] = "00:00:01",
                ["Throttle:UserFailures"] = "2",
            },
        };
        await dark.InitializeAsync();
        var local = (await dark.AccountAsync()).Name;

        var ofLocal = await TryAsync(dark, local);
        var ofOther = await TryAsync(dark, "somebody");

        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.TooManyRequests], ofLocal);
        Assert.Equal(ofLocal, ofOther);
        using var right = dark.Browser();
        using var answer = await right.SignInAsync(local, AccessSite.Password);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public void A_refusal_takes_whole_steps_and_as_many_for_all_as_the_servers_took_lately()
    {
        var time = new FakeTimeProvider();
        var pace = new RefusalPace(site.Desk.Service<RadiusSignIn>(), Options.Create(new AdminOptions { RejectDelay = TimeSpan.FromSeconds(1) }), time);
        var unmeasured = pace.Whole();
        var begun = pace.Begin();
        time.Advance(TimeSpan.FromMilliseconds(300));
        pace.Learn(begun);
        var quick = pace.Whole();
        begun = pace.Begin();
        time.Advance(TimeSpan.FromSeconds(9.2));
        pace.Learn(begun);
        var slow = pace.Whole();
        time.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal([2.0, 1.0, 10.0, 2.0], new[] { unmeasured, quick, slow, pace.Whole() }.Select(took => took.TotalSeconds));
    }

    [Theory]
    [InlineData("ada\u0001x", "ada[U+0001]x")]
    [InlineData("ada\u202Ex", "ada[U+202E]x")]
    [InlineData("ada\uFFFEx", "ada[U+FFFE]x")]
    [InlineData("ada\u001B[2Jx", "ada[U+001B][2Jx")]
    public async Task A_name_with_what_nobody_sees_is_refused_and_stands_in_the_trail_as_what_it_is(string name, string told)
    {
        using var browser = site.Browser();

        using var answer = await browser.SignInAsync(name, "not the password");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        await using var database = await site.Desk.DatabaseAsync();
        var line = await database.Set<AuditRecord>().SingleAsync(row => row.Actor == told, Cancellation);
        Assert.Equal((AccessTrail.SignIn, "refused"), (line.Action, line.Outcome));
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_refused_as_such_and_stands_in_the_trail()
    {
        using var browser = site.Browser();

        using var answer = await browser.SignInAsync("ada\0x", "not the password");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(site.Desk.Log, line => line.Id.Id == 8300);
        await using var database = await site.Desk.DatabaseAsync();
        Assert.Equal("nobody", (await database.Set<AuditRecord>().SingleAsync(row => row.Detail!.StartsWith("The form of a sign-in could not be read"), Cancellation)).Actor);
    }

    [Fact]
    public async Task A_name_that_grows_by_being_told_is_cut()
    {
        using var browser = site.Browser();

        using var answer = await browser.SignInAsync("z" + new string('\u0007', 300), "not the password");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        await using var database = await site.Desk.DatabaseAsync();
        var line = await database.Set<AuditRecord>().SingleAsync(row => row.Actor.StartsWith("z[U+0007]"), Cancellation);
        Assert.InRange(line.Actor.Length, 240, 253);
    }

    private static string Anonymous(string page, string name) =>
        Regex.Replace(page.Replace(name, "NAME", StringComparison.Ordinal), "name=\"token\" value=\"[^\"]*\"", "", RegexOptions.None, TimeSpan.FromSeconds(5));

    private static async Task<List<HttpStatusCode>> TryAsync(AccessSite dark, string name)
    {
        List<HttpStatusCode> statuses = [];
        for (var attempt = 0; attempt < 3; attempt++)
        {
            // Through a proxy: who sits at the machine itself is not held by name.
            using var browser = dark.Browser();
            using var answer = await browser.SignInAsync(name, "not the password", headers: ("X-Forwarded-For", "192.0.2.7"));
            statuses.Add(answer.StatusCode);
        }

        return statuses;
    }
}
