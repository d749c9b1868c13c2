using System.Globalization;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Accounting;

/// <summary>The real gateway is killed while people come and go, and FreeRADIUS has every session once from its start to its stop.</summary>
public sealed class CrashTests
{
    private const int PeopleOfARound = 6;

    private const string Users = """
        alice	Cleartext-Password := "wonderland"
        	User-Name = "alice@example.org",
        	Class = 0x00c1a5500ff0,
        	Class += 0x01,
        	Chargeable-User-Identity = 0x6375692d37

        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("ACCT-17", "ACCT-22", "ACCT-26", "ACCT-8")]
    public async Task Killed_while_people_sign_in_and_out_every_session_has_one_start_and_one_stop_at_FreeRADIUS()
    {
        await using var radius = await FreeRadiusServer.StartAsync(new FreeRadiusOptions { DoesAccounting = true, Users = Users }, Cancel);
        var replies = 0;

        // Every fourth acknowledgement is lost.
        await using var relay = new DatagramRelay(radius.AccountingEndPoint, reply => Interlocked.Increment(ref replies) % 4 == 0 ? null : reply);
        await using var site = await Site.StartAsync(
            Cancel, radius: null, Site.RadiusAt(radius.EndPoint), ("Accounting:Enabled", "true"), ("Radius:Servers:0:AccountingPort", relay.EndPoint.Port.ToString(CultureInfo.InvariantCulture)));
        for (var round = 0; round < 3; round++)
        {
            var people = Task.WhenAll(Enumerable.Range(0, PeopleOfARound).Select(n => ComeAndGoAsync(site, (round * PeopleOfARound) + n, leaves: n % 2 == 0)));
            await Task.WhenAny(people, SomebodyHasComeAsync(site, after: round));
            await site.Gateway.StopAsync("KILL");
            await people;
            await site.Gateway.StartAsync(Cancel);
        }

        await Task.WhenAll(Enumerable.Range(0, 3 * PeopleOfARound).Select(n => LeaveAsync(site, n)));
        await DeliveredAsync(site);
        await site.Gateway.StopAsync("TERM");

        var records = DetailFile.Read(radius.Detail);
        var sessions = records.Where(record => record["Acct-Status-Type"] is "Start" or "Stop").ToLookup(record => record["Acct-Session-Id"], StringComparer.Ordinal);
        Assert.True(sessions.Count >= 3, $"Only {sessions.Count} sessions: {radius.Detail}");
        Assert.All(sessions, session => Assert.Equal(["Start", "Stop"], session.Select(record => record["Acct-Status-Type"]), StringComparer.Ordinal));
        Assert.All(sessions.SelectMany(session => session), record =>
        {
            Assert.Equal("\"alice@example.org\"", record["User-Name"]);
            Assert.Equal("0x00c1a5500ff0 0x01", record["Class"]);
            Assert.Equal("0x6375692d37", record["Chargeable-User-Identity"]);
            Assert.StartsWith("127.0.1.", record["Framed-IP-Address"], StringComparison.Ordinal);
        });
        Assert.Equal("Accounting-On", records[0]["Acct-Status-Type"]);
        Assert.Equal("Accounting-Off", records[^1]["Acct-Status-Type"]);
        Assert.Equal("", await TsharkDissector.ComplaintsAsync([.. relay.Requests.Select(request => (ReadOnlyMemory<byte>)request)], Cancel));
    }

    private static async Task ComeAndGoAsync(Site site, int number, bool leaves)
    {
        try
        {
            using var person = Person(site, number);
            await person.SignInAsync("alice", "wonderland", Cancel);
            await person.AskGateAsync(Cancel);
            if (leaves)
            {
                await LeaveAsync(person);
            }
        }
        catch (HttpRequestException)
        {
            // The gateway died over it.
        }
    }

    private static async Task LeaveAsync(Site site, int number)
    {
        using var person = Person(site, number);
        await LeaveAsync(person);
    }

    private static async Task LeaveAsync(Person person)
    {
        await person.OpenAsync("/portal/status", Cancel);
        if (person.Text.Contains("Signed in as", StringComparison.Ordinal))
        {
            await person.SubmitAsync("/portal/log-off", [], Cancel);
        }
    }

    private static Person Person(Site site, int number) => new(site.Gateway.Portal, site.Gateway.Gate, new([127, 0, 1, (byte)(number + 1)]));

    private static Task<string> SomebodyHasComeAsync(Site site, int after)
    {
        var seen = 0;
        return site.Gateway.WaitForLogAsync(line => line.Contains("opened for", StringComparison.Ordinal) && seen++ >= after, Cancel);
    }

    /// <summary>Waits until the health page says that nothing is left to be delivered.</summary>
    private static async Task DeliveredAsync(Site site)
    {
        using var client = new HttpClient();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var seen = "";
        for (var look = 0; look < 600; look++)
        {
            using var response = await client.GetAsync(new Uri(site.Gateway.Admin, "/healthz/ready"), Cancel);
            seen = await response.Content.ReadAsStringAsync(Cancel);
            if (seen.Contains("nothing waits", StringComparison.Ordinal))
            {
                return;
            }

            await tick.WaitForNextTickAsync(Cancel);
        }

        Assert.Fail($"Not everything was delivered within a minute: {seen}\n{site.Gateway.Log}");
    }
}
