using System.Net;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Web.Desk.Access;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Access;

/// <summary>Guessing at the desk: slowed by name and by address, over a restart too, and it fills nothing.</summary>
public sealed class AccessThrottleTests
{
    private static readonly (string Name, string Value)[] s_throughProxy = [("X-Forwarded-For", "192.0.2.7")];

    private static readonly SignInAttempt s_sprayer = new(IPAddress.Parse("192.0.2.66"), UserAgent: null, IsLocal: false);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_too_many_wrong_passwords_the_right_one_has_to_wait()
    {
        await using var site = await StartAsync(("Throttle:UserFailures", "3"));
        using var browser = site.Browser();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var wrong = await browser.SignInAsync("ada", "wrong");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        }

        using var answer = await browser.SignInAsync("ada", "analytical");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Contains("Sign-in is paused", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.NotNull(answer.Headers.RetryAfter);
        await using var database = await site.Desk.DatabaseAsync();
        var keys = await database.Database.SqlQuery<string>($"SELECT \"Key\" AS \"Value\" FROM \"ThrottleEntries\"").ToListAsync(Cancellation);
        Assert.Contains(keys, key => key.StartsWith("a:", StringComparison.Ordinal));
        Assert.DoesNotContain(keys, key => key[0] is 'u' or 'c');
    }

    [Fact]
    public async Task Who_sits_at_the_machine_is_not_locked_out_by_name_and_by_address_for_a_while_only()
    {
        await using var site = await StartAsync(("Throttle:UserFailures", "2"), ("Throttle:ClientFailures", "5"), ("Throttle:Delay", "00:00:01"), ("Throttle:Window", "00:00:01"));
        var account = await site.AccountAsync();
        using var browser = site.Browser();
        for (var attempt = 0; attempt < 4; attempt++)
        {
            using var wrong = await browser.SignInAsync(account.Name, "wrong");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        }

        using var answer = await browser.SignInAsync(account.Name, AccessSite.Password);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task Who_comes_through_a_proxy_of_the_machine_does_not_sit_at_it()
    {
        await using var site = await StartAsync(("Throttle:UserFailures", "2"));
        var account = await site.AccountAsync();
        using var browser = site.Browser();
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var wrong = await browser.SignInAsync(account.Name, "wrong", headers: s_throughProxy);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        }

        using var stranger = await browser.SignInAsync(account.Name, AccessSite.Password, headers: s_throughProxy);
        using var metrics = await browser.GetAsync("/metrics", s_throughProxy);
        using var owner = await browser.SignInAsync(account.Name, AccessSite.Password);

        Assert.Equal(HttpStatusCode.TooManyRequests, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, metrics.StatusCode);
        Assert.Equal((HttpStatusCode.SeeOther, "/me"), (owner.StatusCode, owner.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task A_flood_of_failures_leaves_few_lines_that_say_how_many_there_were()
    {
        await using var site = await StartAsync(("Throttle:UserFailures", "1000"), ("Throttle:ClientFailures", "10000"), ("Admin:RadiusSignIn", "false"));
        using var browser = site.Browser();
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using var same = await browser.SignInAsync("mallory", "guess");
        }

        for (var attempt = 0; attempt < 40; attempt++)
        {
            using var other = await browser.SignInAsync($"name-{attempt}", "guess");
        }

        await site.Desk.Service<AuditTally>().FlushAsync();

        await using var database = await site.Desk.DatabaseAsync();
        var lines = await database.Set<AuditRecord>().OrderBy(row => row.Sequence).ToListAsync(Cancellation);
        Assert.Equal(AuditTally.MostKinds + 2, lines.Count);
        Assert.Equal(["There is no local account of this name.", "There is no local account of this name. (19 times more)"], lines.Where(line => line.Actor == "mallory").Select(line => line.Detail), StringComparer.Ordinal);
        Assert.EndsWith($"({41 - AuditTally.MostKinds} times more)", lines[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_address_cannot_go_through_many_names()
    {
        await using var site = await StartAsync(("Throttle:ClientFailures", "3"));
        var owner = (await site.AccountAsync()).Name;
        var signIn = site.Desk.Service<DeskSignIn>();
        for (var name = 0; name < 3; name++)
        {
            Assert.IsType<SignInOutcome.Refused>(await signIn.SignInAsync($"name-{name}", "Winter2026!", s_sprayer, Cancellation));
        }

        var next = await signIn.SignInAsync(owner, AccessSite.Password, s_sprayer, Cancellation);
        var elsewhere = await signIn.SignInAsync(owner, AccessSite.Password, s_sprayer with { Source = IPAddress.Parse("192.0.2.9") }, Cancellation);

        Assert.IsType<SignInOutcome.Paused>(next);
        Assert.IsType<SignInOutcome.SignedIn>(elsewhere);
    }

    [Fact]
    public async Task Many_addresses_slow_one_name_and_cannot_prolong_its_wait()
    {
        await using var site = await StartAsync(("Throttle:UserFailures", "3"), ("Throttle:Delay", "00:05:00"));
        var owner = (await site.AccountAsync()).Name;
        var signIn = site.Desk.Service<DeskSignIn>();
        List<SignInOutcome> outcomes = [];
        for (byte host = 1; host <= 10; host++)
        {
            outcomes.Add(await signIn.SignInAsync(owner, "guess", s_sprayer with { Source = new IPAddress([192, 0, 2, host]) }, Cancellation));
        }

        var held = outcomes.OfType<SignInOutcome.Paused>().ToList();
        Assert.Equal((3, 7), (outcomes.OfType<SignInOutcome.Refused>().Count(), held.Count));
        Assert.Single(held.Select(one => one.Until).Distinct());
        Assert.InRange(held[0].Until, TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(5));
        Assert.IsType<SignInOutcome.SignedIn>(await signIn.SignInAsync(owner, AccessSite.Password, s_sprayer with { IsLocal = true }, Cancellation));
    }

    [Fact]
    public async Task Wrong_keys_pause_their_address_but_not_a_key_that_was_good_there_nor_people()
    {
        await using var site = await StartAsync(("Throttle:ClientFailures", "3"));
        var known = await KeyAsync(site, "known");
        var fresh = await KeyAsync(site, "fresh");
        using var browser = site.Browser();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(known));
        for (var guess = 0; guess < 3; guess++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync($"nac_{new string((char)('A' + guess), 43)}"));
        }

        using var paused = await browser.GetAsync("/api/v1/sessions", ("Authorization", $"Bearer {fresh}"));

        Assert.Equal(HttpStatusCode.TooManyRequests, paused.StatusCode);
        Assert.Equal("application/problem+json", paused.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(paused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(known));
        using var person = await site.SignedInAsync(DeskRole.Viewer);
        Assert.NotNull(person.Session);

        async Task<HttpStatusCode> AskAsync(string key)
        {
            using var answer = await browser.GetAsync("/api/v1/sessions", ("Authorization", $"Bearer {key}"));
            return answer.StatusCode;
        }
    }

    private static async Task<string> KeyAsync(AccessSite site, string name) =>
        (await site.Desk.Service<ApiKeys>().MakeAsync(name, DeskRole.Viewer, TimeSpan.FromDays(1), new AuditEntry { Actor = "test", Action = "api-key.make" }, Cancellation))!.Value.Text;

    private static async Task<AccessSite> StartAsync(params (string Key, string Value)[] settings)
    {
        var site = new AccessSite { More = settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value, StringComparer.Ordinal) };
        await site.InitializeAsync();
        return site;
    }
}
