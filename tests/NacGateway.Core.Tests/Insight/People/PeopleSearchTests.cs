using NacGateway.Core.Insight.People;
using NacGateway.Core.Insight.Search;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Insight.People;

/// <summary>People, devices and addresses are found by how they begin, and what is kept of them is read.</summary>
public sealed class PeopleSearchTests(PostgreSqlServer postgres)
{
    private static readonly DateTimeOffset s_at = new(2026, 2, 24, 14, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task What_is_typed_is_a_name_a_device_or_an_address(StorageProvider provider)
    {
        await using var gateway = await SeededAsync(provider);
        var search = gateway.Get<PeopleSearch>();

        var byName = await search.FindAsync("LEN", Token);
        var byMac = await search.FindAsync("a2:37:d4", Token);
        var byAddress = await search.FindAsync("10.20.", Token);
        var hostile = await search.FindAsync("\0\uD83D' OR 1=1 --%_", Token);

        Assert.Equal([("Lena", true), ("lenny", false)], byName.People.Select(found => (found.Name, found.Last is not null)));
        Assert.Equal("A2-37-D4-00-00-01", Assert.Single(byMac.Devices).Name);
        Assert.Equal("mika", byMac.Devices[0].Last!.UserName);
        Assert.Equal(["10.20.0.1", "10.20.0.2"], byAddress.Addresses.Select(found => found.Name), StringComparer.Ordinal);
        Assert.Empty(hostile.People.Concat(hostile.Devices).Concat(hostile.Addresses));
        Assert.Equal(["mika", "Lena"], (await search.LatestAsync(Token)).Select(found => found.Name), StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_persons_file_and_a_devices_file_tell_of_each_other(StorageProvider provider)
    {
        await using var gateway = await SeededAsync(provider);
        var files = gateway.Get<PeopleFiles>();

        var lena = await files.OfUserAsync(" LENA ", Token);
        var device = await files.OfDeviceAsync("A2-37-D4-00-00-01", Token);
        var nobody = await files.OfUserAsync("no\0body", Token);

        Assert.Equal(("Lena", 2, 1), (lena.Name, lena.Sessions.Count, lena.Decisions.Count));
        Assert.Equal([new Acquaintance("A2-37-D4-00-00-01", 2, s_at.AddHours(1))], lena.Devices);
        Assert.Equal(["mika", "Lena"], device.People.Select(person => person.Name), StringComparer.Ordinal);
        Assert.Equal(3, device.Sessions.Count);
        Assert.False(nobody.IsKnown);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task Indexes_answer_however_many_there_are(StorageProvider provider)
    {
        await using var gateway = await SeededAsync(provider);
        await gateway.SeedAsync(Enumerable.Range(0, 4000).Select(number => SeededSessions.Row($"u{number % 997}", $"10.1.{number % 7}.{number % 251}", s_at.AddMinutes(-number), mac: $"00-00-00-00-{number % 13:X2}-{number % 199:X2}", lasted: TimeSpan.FromMinutes(30))));

        await gateway.ReadAsync(async database =>
        {
            await QueryPlans.AnalyzeAsync(database, Token);
            var sessions = database.Set<Session>();
            IQueryable<object>[] questions =
            [
                PeopleSearch.Next(PeopleSearch.Column(sessions, TextRange.Of("U1"), row => row.UserKey), "U12")!,
                PeopleSearch.Next(PeopleSearch.Column(sessions, TextRange.Of("00-00"), row => row.CallingStationId), "00-00-00")!,
                PeopleSearch.Next(PeopleSearch.Column(sessions, TextRange.Of("10.1"), row => row.ClientAddress), "10.1.3")!,
                PeopleFiles.SessionsOf(database, "U7").Take(PeopleFiles.LookedAt),
                PeopleFiles.SessionsOfDevice(database, "00-00-00-00-03-05").Take(PeopleFiles.LookedAt),
            ];
            foreach (var question in questions)
            {
                var plan = await QueryPlans.ExplainAsync(database, question, Token);
                Assert.False(QueryPlans.ScansTheTable(plan), plan);
                Assert.Contains("IX_Sessions_", plan, StringComparison.Ordinal);
            }

            return true;
        });
    }

    private async Task<Gateways> SeededAsync(StorageProvider provider)
    {
        var gateway = await Gateways.StartAsync(provider, postgres);
        await gateway.SeedAsync(
            SeededSessions.Row("lena", "10.20.0.1", s_at, mac: "A2-37-D4-00-00-01", lasted: TimeSpan.FromMinutes(10)),
            SeededSessions.Row("Lena", "10.20.0.1", s_at.AddHours(1), mac: "A2-37-D4-00-00-01", lasted: TimeSpan.FromMinutes(10)),
            SeededSessions.Row("mika", "10.20.0.2", s_at.AddHours(2), mac: "A2-37-D4-00-00-01", lasted: TimeSpan.FromMinutes(10)));
        await gateway.ReadAsync(async database =>
        {
            foreach (var user in (string[])["lena", "lenny"])
            {
                database.Add(new PolicyDecision { At = s_at, AcctSessionId = "", UserName = user, UserKey = SessionRows.UserKey(user), ClientAddress = "10.20.0.1", Outcome = "Rejected", IsGranted = false, Words = "dc-1 rejected it." });
            }

            return await database.SaveChangesAsync(Token);
        });
        return gateway;
    }
}
