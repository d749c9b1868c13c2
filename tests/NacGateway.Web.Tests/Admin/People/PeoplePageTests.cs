using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Core.Authentication;
using NacGateway.Core.Sessions;
using Xunit;

namespace NacGateway.Web.Tests.Admin.People;

/// <summary>People, devices and addresses on pages and by the API, and the unlocking of who failed too often.</summary>
public sealed class PeoplePageTests(PeopleSite people) : IClassFixture<PeopleSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DeskSite Site => people.Site;

    [Fact]
    public async Task A_search_finds_people_devices_and_addresses_as_the_api_does()
    {
        using var viewer = Site.Client(DeskRole.Viewer);

        var page = await viewer.GetStringAsync("/people?q=lena", Cancellation);
        var device = await viewer.GetStringAsync("/people?q=A237.D4", Cancellation);
        using var found = JsonDocument.Parse(await viewer.GetStringAsync("/api/v1/people?q=lena", Cancellation));
        using var region = new HttpRequestMessage(HttpMethod.Get, "/people?q=lena") { Headers = { { "X-Partial", "people" } } };
        using var part = await viewer.SendAsync(region, Cancellation);

        Assert.Single(page.Split("<h1")[1..]);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        foreach (var person in found.RootElement.GetProperty("people").EnumerateArray())
        {
            Assert.Contains($"/people/person?user={Uri.EscapeDataString(person.GetProperty("name").GetString()!)}", page, StringComparison.Ordinal);
        }

        Assert.NotEmpty(found.RootElement.GetProperty("people").EnumerateArray());
        Assert.Contains("/people/device?mac=a2-37-d4-", device, StringComparison.Ordinal);
        Assert.StartsWith("<div id=\"people\"", await part.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("Nobody begins like this", await viewer.GetStringAsync("/people?q=nobody-at-all", Cancellation), StringComparison.Ordinal);
        Assert.Contains("Signed in last", await viewer.GetStringAsync("/people", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_had_an_address_is_asked_by_fields_in_a_sentence_and_by_the_api()
    {
        using var viewer = Site.Client(DeskRole.Viewer);
        var session = await OneAsync();
        var at = Uri.EscapeDataString(session.StartedAt.AddSeconds(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));

        var page = await viewer.GetStringAsync($"/people/address?ip=::ffff:{session.ClientAddress}&at={at}", Cancellation);
        using var answer = JsonDocument.Parse(await viewer.GetStringAsync($"/api/v1/addresses/{session.ClientAddress}?at={at}", Cancellation));
        using var sentence = await viewer.GetAsync($"/people?q=who%20had%20{session.ClientAddress}%20at%20{at}%3F", Cancellation);
        using var weekday = await viewer.GetAsync($"/people?q=who%20had%20{session.ClientAddress}%20at%2014:03%20on%20Tuesday%3F", Cancellation);
        var never = await viewer.GetStringAsync("/people/address?ip=2001:db8::1&at=2026-01-01T00:00Z", Cancellation);

        Assert.Contains($"/sessions/{session.AcctSessionId}", page, StringComparison.Ordinal);
        Assert.Contains(" had it.", page, StringComparison.Ordinal);
        Assert.Equal(session.AcctSessionId, answer.RootElement.GetProperty("holders")[0].GetProperty("acctSessionId").GetString());
        Assert.Equal(HttpStatusCode.Redirect, sentence.StatusCode);
        Assert.Equal($"/people/address?ip={session.ClientAddress}&at={at}", sentence.Headers.Location!.OriginalString, ignoreCase: true);
        Assert.StartsWith($"/people/address?ip={session.ClientAddress}&at=", weekday.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("nobody had 2001:db8::1.", never, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/people/address?ip=10.7&at=now", "is no IPv4 or IPv6 address", HttpStatusCode.OK)]
    [InlineData("/people/address?ip=10.0.0.7&at=someday", "is no moment that can be read", HttpStatusCode.OK)]
    [InlineData("/people/device?mac=a2:37", "is no whole MAC address", HttpStatusCode.BadRequest)]
    [InlineData("/people/person", "A person is named by", HttpStatusCode.BadRequest)]
    public async Task A_value_that_cannot_be_used_is_named(string path, string words, HttpStatusCode status)
    {
        using var viewer = Site.Client(DeskRole.Viewer);

        using var answer = await viewer.GetAsync(path, Cancellation);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/addresses/10.7", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/api/v1/addresses/10.0.0.7?at=someday", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/api/v1/devices/a2-37", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/api/v1/devices/02-00-5E-00-00-01", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/people/person?user=nobody-at-all", HttpStatusCode.NotFound)]
    public async Task The_api_refuses_what_cannot_be_used(string path, HttpStatusCode status)
    {
        using var viewer = Site.Client(DeskRole.Viewer);

        using var answer = await viewer.GetAsync(path, Cancellation);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_device_that_made_its_address_up_is_said_to_have()
    {
        using var viewer = Site.Client(DeskRole.Viewer);
        var session = await OneAsync();

        var page = await viewer.GetStringAsync($"/people/device?mac={session.CallingStationId}", Cancellation);
        using var device = JsonDocument.Parse(await viewer.GetStringAsync($"/api/v1/devices/{session.CallingStationId!.Replace('-', ':')}", Cancellation));

        Assert.Contains("made up by the device", page, StringComparison.Ordinal);
        Assert.Contains($"/sessions/{session.AcctSessionId}", page, StringComparison.Ordinal);
        Assert.True(device.RootElement.GetProperty("isRandomised").GetBoolean());
        Assert.NotEmpty(device.RootElement.GetProperty("people").EnumerateArray());
    }

    [Fact]
    public async Task Hostile_names_are_only_ever_text()
    {
        using var viewer = Site.Client(DeskRole.Viewer);
        foreach (var name in DeskSeed.HostileNames)
        {
            foreach (var path in (string[])[$"/people?q={Uri.EscapeDataString(name)}", $"/people/person?user={Uri.EscapeDataString(name)}", $"/people/address?ip={Uri.EscapeDataString(name)}&at={Uri.EscapeDataString(name)}"])
            {
                var page = await viewer.GetStringAsync(path, Cancellation);

                Assert.DoesNotContain("<script>window", page, StringComparison.Ordinal);
                Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
                Assert.DoesNotContain("<svg onload", page, StringComparison.Ordinal);
            }
        }

        var file = await viewer.GetStringAsync($"/people/person?user={Uri.EscapeDataString(DeskSeed.HostileNames[0])}", Cancellation);
        Assert.Contains("/decisions/", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_desk_unlocks_who_failed_too_often_and_the_trail_says_so()
    {
        var user = $"locked-{Guid.NewGuid():N}";
        await FailAsync(user);
        using var viewer = Site.Client(DeskRole.Viewer);
        using var helpDesk = Site.Client(DeskRole.HelpDesk, "helen");

        var seen = await viewer.GetStringAsync($"/people/person?user={user}", Cancellation);
        var offered = await helpDesk.GetStringAsync($"/people/person?user={user}", Cancellation);
        using var refused = await viewer.PostAsync("/people/unlock", Form(("user", user)), Cancellation);
        Assert.True((await Site.Service<LoginLocks>().OfUserAsync(user, Cancellation)).IsLocked);
        using var done = await helpDesk.PostAsync("/people/unlock", Form(("user", user)), Cancellation);

        Assert.Contains("Locked", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(">Unlock<", seen, StringComparison.Ordinal);
        Assert.Contains(">Unlock<", offered, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        Assert.False((await Site.Service<LoginLocks>().OfUserAsync(user, Cancellation)).Matters);
        await using var database = await Site.DatabaseAsync();
        var line = await database.Set<AuditRecord>().SingleAsync(row => row.Action == "person.unlock" && row.Target == user, Cancellation);
        Assert.Equal(("helen", "done"), (line.Actor, line.Outcome));
        Assert.StartsWith("The account; it was locked until ", line.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_unlocks_too_and_nobody_is_named_twice_or_not_at_all()
    {
        var user = $"locked-{Guid.NewGuid():N}";
        await FailAsync(user);
        using var helpDesk = Site.Client(DeskRole.HelpDesk, "helen");
        helpDesk.DefaultRequestHeaders.Add("X-CSRF", HeaderAuthentication.FormToken);

        using var done = await helpDesk.PostAsJsonAsync("/api/v1/people/unlock", new { user }, Cancellation);
        using var nobody = await helpDesk.PostAsJsonAsync("/api/v1/people/unlock", new { }, Cancellation);
        using var both = await helpDesk.PostAsJsonAsync("/api/v1/people/unlock", new { user, address = "10.0.0.7" }, Cancellation);
        using var form = await helpDesk.PostAsync("/people/unlock", Form(("ip", "10.7")), Cancellation);

        using var before = JsonDocument.Parse(await done.Content.ReadAsStringAsync(Cancellation));
        Assert.True(before.RootElement.GetProperty("isLocked").GetBoolean());
        Assert.False((await Site.Service<LoginLocks>().OfUserAsync(user, Cancellation)).Matters);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest), (nobody.StatusCode, both.StatusCode, form.StatusCode));
    }

    private static FormUrlEncodedContent Form((string Key, string Value) field) =>
        new([KeyValuePair.Create(field.Key, field.Value), KeyValuePair.Create("csrf", HeaderAuthentication.FormToken)]);

    private async Task FailAsync(string user)
    {
        var throttle = Site.Service<LoginThrottle>();
        for (var number = 0; number < 5; number++)
        {
            await throttle.LeaveAsync(throttle.TryEnter(user, IPAddress.Parse("192.0.2.9"), out _)!, ThrottleVerdict.Failure, Cancellation);
        }
    }

    /// <summary>A session that has ended, of a device with a made-up address.</summary>
    private async Task<Session> OneAsync()
    {
        await using var database = await Site.DatabaseAsync();
        return await database.Set<Session>().Where(row => row.EndedAt != null && row.CallingStationId!.StartsWith("A2")).OrderBy(row => row.Id).FirstAsync(Cancellation);
    }
}
