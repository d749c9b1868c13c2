using NacGateway.Core.Insight.Search;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Insight;

/// <summary>Sessions are found in both databases, filtered, sorted and paged there.</summary>
public sealed class SessionSearchTests(PostgreSqlServer postgres)
{
    public static TheoryData<StorageProvider> Both => Gateways.Both;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_session_is_found_by_what_is_known_of_it(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var now = gateway.Time.GetUtcNow();
        var hour = TimeSpan.FromHours(1);
        await gateway.SeedAsync(
            SeededSessions.Row("Lena.Fischer", "10.20.4.118", now - (3 * hour), new SessionLimits { Role = "staff+printers" }, mac: "A2-37-D4-84-7E-4D", lasted: hour, server: "dc-2"),
            SeededSessions.Row("omar", "10.21.0.9", now - (2 * hour), mac: "00-11-22-33-44-55", lasted: hour),
            SeededSessions.Row("zoë", "2001:db8::7", now - hour));

        async Task<string> Users(string text) => string.Join(' ', (await FindAsync(gateway, "state:any " + text)).Rows.Select(row => row.UserName));

        Assert.Equal("zoë omar Lena.Fischer", await Users(""));
        Assert.Equal("Lena.Fischer", await Users("lena"));
        Assert.Equal("Lena.Fischer", await Users("user:LENA.f"));
        Assert.Equal("zoë", await Users("user:Zoë"));
        Assert.Equal("omar Lena.Fischer", await Users("address:10.2"));
        Assert.Equal("Lena.Fischer", await Users("10.20."));
        Assert.Equal("omar", await Users("ip:10.21.0.0/28"));
        Assert.Equal("omar Lena.Fischer", await Users("ip:10.16.0.0/12"));
        Assert.Equal("", await Users("ip:10.21.0.0/29"));
        Assert.Equal("zoë", await Users("ip:2001:db8::/32"));
        Assert.Equal("zoë", await Users("2001:0db8:0::7"));
        Assert.Equal("Lena.Fischer", await Users("a237d4847e4d"));
        Assert.Equal("Lena.Fischer", await Users("mac:a2:37"));
        Assert.Equal("Lena.Fischer", await Users("role:Printers"));
        Assert.Equal("Lena.Fischer", await Users("server:dc-2"));
        Assert.Equal("omar Lena.Fischer", await Users("cause:user-request"));
        Assert.Equal("", await Users("user:' or 1=1 --"));
        Assert.Equal("", await Users("%"));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task One_account_is_found_without_those_whose_names_begin_so(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var now = gateway.Time.GetUtcNow();
        await gateway.SeedAsync(SeededSessions.Row("Ann", "10.0.0.1", now), SeededSessions.Row("ann", "10.0.0.2", now), SeededSessions.Row("anna", "10.0.0.3", now), SeededSessions.Row("ann.", "10.0.0.4", now), SeededSessions.Row("an", "10.0.0.5", now));

        var page = await gateway.Get<SessionSearch>().FindAsync(new SessionQuery { Account = "ANN" }, Token);

        Assert.Equal(["10.0.0.1", "10.0.0.2"], page.Rows.Select(row => row.ClientAddress).Order(StringComparer.Ordinal).ToArray());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Open_sessions_are_found_by_any_part_of_a_name(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        await gateway.SeedAsync(SeededSessions.Row("lena.fischer@corp", "10.20.4.118", gateway.Time.GetUtcNow(), mac: "A2-37-D4-84-7E-4D"));

        Assert.Single((await FindAsync(gateway, "fischer")).Rows);
        Assert.Single((await FindAsync(gateway, "4.118")).Rows);
        Assert.Single((await FindAsync(gateway, "7e:4d")).Rows);
        Assert.Empty((await FindAsync(gateway, "_ischer")).Rows);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task States_are_those_of_the_rule_whoever_holds_the_session(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var now = gateway.Time.GetUtcNow();
        var minute = TimeSpan.FromMinutes(1);
        var quick = new SessionLimits { InterimInterval = minute };
        Session[] held = [SeededSessions.Row("active", "10.0.0.1", now), SeededSessions.Row("idle", "10.0.0.2", now - (9 * minute))];
        await gateway.SeedAsync([
            .. held,
            SeededSessions.Row("lost", "10.0.0.3", now),
            SeededSessions.Row("other-active", "10.0.0.4", now, owner: "other"),
            SeededSessions.Row("other-idle", "10.0.0.5", now - (20 * minute), owner: "other"),
            SeededSessions.Row("other-stale", "10.0.0.6", now - (31 * minute), owner: "other"),
            SeededSessions.Row("other-quick", "10.0.0.7", now - (4 * minute), quick, owner: "other"),
            SeededSessions.Row("ended", "10.0.0.8", now - (4 * minute), lasted: minute)]);
        gateway.Hold(held[0]);

        gateway.Hold(held[1]);

        async Task<string> Users(string state) => string.Join(' ', (await FindAsync(gateway, "state:" + state)).Rows.Select(row => row.UserName).Order(StringComparer.Ordinal));

        Assert.Equal("active other-active", await Users("active"));
        Assert.Equal("idle other-idle", await Users("idle"));
        Assert.Equal("lost other-quick other-stale", await Users("stale"));
        Assert.Equal("ended", await Users("ended"));
        var shown = (await FindAsync(gateway, "state:any")).Rows.ToDictionary(row => row.UserName, row => row.State, StringComparer.Ordinal);
        Assert.Equal((SessionState.Stale, SessionState.Idle, SessionState.Stale, SessionState.Stale, SessionState.Ended), (shown["lost"], shown["other-idle"], shown["other-stale"], shown["other-quick"], shown["ended"]));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Pages_by_number_and_by_cursor_show_each_session_once_in_every_order(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var now = gateway.Time.GetUtcNow();
        await gateway.SeedAsync(Enumerable.Range(0, 57).Select(n => SeededSessions.Row(
            $"user{n % 7}", $"10.0.{n % 3}.{n}", now - TimeSpan.FromMinutes(n / 2), new SessionLimits { Role = n % 4 == 0 ? null : $"role{n % 4}" }, mac: n % 5 == 0 ? null : $"00-00-00-00-00-{n:X2}", lasted: n % 2 == 0 ? TimeSpan.FromSeconds(n) : null)));

        foreach (var sort in Enum.GetValues<SessionSort>())
        {
            foreach (var isDescending in new[] { true, false })
            {
                var query = SessionQueryReader.Read("state:any") with { Sort = sort, IsDescending = isDescending, Size = 10 };
                var search = gateway.Get<SessionSearch>();
                List<long> byNumber = [];
                for (var page = 1; page <= 6; page++)
                {
                    byNumber.AddRange((await search.FindAsync(query with { Page = page }, Token)).Rows.Select(row => row.Id));
                }

                var pages = await WalkAsync(search, query);

                Assert.Equal(57, byNumber.Distinct().Count());
                Assert.Equal(byNumber, pages.SelectMany(page => page));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_walk_that_stops_says_how_far_it_came_and_its_cursor_goes_on(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var now = gateway.Time.GetUtcNow();
        await FillAsync(gateway, SessionPlan.Window + 500, now);

        // No index knows a role, and the only one who has it is the oldest of all.
        await gateway.SeedAsync(SeededSessions.Row("oldest", "10.9.9.9", now - TimeSpan.FromDays(20), new SessionLimits { Role = "rare" }, lasted: TimeSpan.FromMinutes(1)));
        var search = gateway.Get<SessionSearch>();
        var query = SessionQueryReader.Read("role:rare", SessionListing.Past);

        var first = await search.FindAsync(query, Token);
        var second = await search.FindAsync(query with { Cursor = first.Next }, Token);

        Assert.Empty(first.Rows);
        Assert.NotNull(first.SearchedTo);
        Assert.False(first.IsExact);
        Assert.Equal("oldest", Assert.Single(second.Rows).UserName);
        Assert.Null(second.Next);
        Assert.Equal("oldest", Assert.Single(await search.StreamAsync(query, Token).ToListAsync(Token)).UserName);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_walk_that_stops_comes_back_over_the_same_pages_in_both_orders(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var now = gateway.Time.GetUtcNow();
        await FillAsync(gateway, SessionPlan.Window + 3_000, now);
        await gateway.SeedAsync(((double[])[10.5, 11.5, 12.5, 22_000.5, 22_001.5, 22_500.5])
            .Select(seconds => SeededSessions.Row($"at {seconds}", "10.9.9.9", now - TimeSpan.FromSeconds(seconds), new SessionLimits { Role = "rare" }, lasted: TimeSpan.FromMinutes(1))));

        foreach (var isDescending in new[] { true, false })
        {
            var pages = await WalkAsync(gateway.Get<SessionSearch>(), SessionQueryReader.Read("role:rare", SessionListing.Past) with { IsDescending = isDescending, Size = 2 }, stops: true);

            Assert.Equal([2, 1, 2, 1], pages.Select(page => page.Count));
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Searches_of_past_sessions_use_indexes(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        await FillAsync(gateway, SessionPlan.Window + 20_000, gateway.Time.GetUtcNow());
        if (provider == StorageProvider.PostgreSql)
        {
            await gateway.ReadAsync(async database => await QueryPlans.AnalyzeAsync(database, Token));
        }

        foreach (var text in new[] { "user:user0000012", "10.0.0.12", "mac:02-00-5e-00-00-0c", "user:user", "server:main", "", "cause:user-request" })
        {
            var plans = await gateway.ReadAsync(database => QueryPlans.OfSearchAsync(gateway.Get<SessionSearch>(), database, SessionQueryReader.Read(text, SessionListing.Past), Token));

            Assert.DoesNotContain(plans, QueryPlans.ScansTheTable);
        }
    }

    /// <summary>Walks forth over all pages; from each of them, and from there on, each link back must lead to what the way forth showed.</summary>
    private static async Task<IReadOnlyList<IReadOnlyList<long>>> WalkAsync(SessionSearch search, SessionQuery query, bool stops = false)
    {
        List<SessionPage> forth = [await search.FindAsync(query, Token)];
        while (forth[^1].Next is { } next)
        {
            forth.Add(await search.FindAsync(query with { Cursor = next }, Token));
        }

        for (var from = 0; from < forth.Count; from++)
        {
            var at = from;
            var page = forth[from];
            for (; page.Previous is { } previous; at--)
            {
                page = await search.FindAsync(query with { Cursor = previous }, Token);
                Assert.Equal(Keys(forth[at - 1]), Keys(page));
                Assert.Equal(Keys(forth[at]), Keys(await search.FindAsync(query with { Cursor = page.Next }, Token)));
            }

            Assert.True(stops ? from == 0 || at < from : at == 0, $"From page {from} the way back ended at {at}.");
        }

        return [.. forth.Select(Keys)];
    }

    private static IReadOnlyList<long> Keys(SessionPage page) => [.. page.Rows.Select(row => row.Id)];

    private static Task<SessionPage> FindAsync(Gateways gateway, string text) => gateway.Get<SessionSearch>().FindAsync(SessionQueryReader.Read(text), Token);

    private static Task<int> FillAsync(Gateways gateway, int count, DateTimeOffset now) => gateway.ReadAsync(async database =>
    {
        await using var transaction = await database.Database.BeginTransactionAsync(Token);
        for (var n = 0; n < count; n++)
        {
            database.Append(SeededSessions.Row($"user{n:0000000}", $"10.{n >> 16}.{(n >> 8) & 255}.{n & 255}", now - TimeSpan.FromSeconds(n), mac: $"02-00-5E-{n >> 16:X2}-{(n >> 8) & 255:X2}-{n & 255:X2}", lasted: TimeSpan.FromMinutes(5)));
        }

        await database.FlushAsync(Token);
        await transaction.CommitAsync(Token);
        return count;
    });
}
