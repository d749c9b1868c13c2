using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Insight;
using NacGateway.Core.Insight.Decisions;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Insight;

/// <summary>Decisions are found in both databases, filtered and paged there, by an index.</summary>
public sealed class DecisionSearchTests(PostgreSqlServer postgres)
{
    public static TheoryData<StorageProvider> Both => Gateways.Both;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_decision_is_found_by_what_is_known_of_it(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var now = gateway.Time.GetUtcNow();
        await SeedAsync(
            gateway,
            Row(now.AddHours(-30), "Lena.Fischer", "10.20.4.118", "SignedIn") with { IsGranted = true, CallingStationId = "A2-37-D4-84-7E-4D", Reference = "7K2-91F", AcctSessionId = "abc1" },
            Row(now.AddHours(-3), "omar", "10.21.0.9", "Rejected") with { ReplyMessage = "Account LOCKED", ServerName = "dc-2" },
            Row(now.AddHours(-2), "zoë", "2001:db8::7", "NoAnswer"),
            Row(now.AddHours(-1), "omar", "10.21.0.90", "Challenged"),
            Row(now.AddMinutes(-9), "old", null, null) with { IsGranted = true, UserKey = null });

        async Task<string> Users(string url) => string.Join(' ', (await FindAsync(gateway, url)).Rows.Select(row => row.UserName));

        Assert.Equal("old omar zoë omar Lena.Fischer", await Users(""));
        Assert.Equal("Lena.Fischer", await Users("q=lena"));
        Assert.Equal("Lena.Fischer", await Users("q=7k2-91f"));
        Assert.Equal("Lena.Fischer", await Users("q=abc1"));
        Assert.Equal("Lena.Fischer", await Users("q=a2:37:d4"));
        Assert.Equal("Lena.Fischer", await Users("mac=a237d4847e4d"));
        Assert.Equal("omar omar", await Users("user=OMAR"));
        Assert.Equal("omar", await Users("address=10.21.0.9"));
        Assert.Equal("omar omar", await Users("address=10.21.0.0/16"));
        Assert.Equal("zoë", await Users("q=2001:db8::7"));
        Assert.Equal("omar", await Users("server=dc-2"));
        Assert.Equal("old Lena.Fischer", await Users("outcome=granted"));
        Assert.Equal("zoë omar", await Users("outcome=refused"));
        Assert.Equal("omar zoë", await Users("outcome=challenged,no-answer"));
        Assert.Equal("omar", await Users("reason=account-closed"));
        Assert.Equal("zoë omar", await Users("reason=account-closed&reason=no-answer"));
        Assert.Equal("old omar zoë omar", await Users("range=24h"));
        Assert.Equal("zoë", await Users("q=outcome:refused+user:zo%C3%AB"));
        Assert.Equal("", await Users("user=%25"));
        Assert.Equal("", await Users("q=%27+or+1%3D1+--"));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task The_database_knows_a_reason_as_the_count_of_reasons_does(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var random = new Random(7);
        string[] words = [.. RefusalReasons.Words.Select(pair => pair.Word), "hello", "ÄÖ", "%", "_", "'"];
        var rows = Enum.GetValues<DecisionKind>().SelectMany(kind => Enumerable.Range(0, kind is DecisionKind.Rejected or DecisionKind.NotRenewed ? 60 : 1).Select(n => Row(gateway.Time.GetUtcNow(), "u", "192.0.2.1", kind.ToString()) with
        {
            ReplyMessage = n % 7 == 0 ? null : string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Mixed(words[random.Next(words.Length)], random))),
        })).ToArray();
        await SeedAsync(gateway, rows);

        foreach (var reason in Enum.GetValues<RefusalKind>())
        {
            var expected = rows.Where(row => DecisionKinds.VerdictOf(DecisionKinds.Of(row)) == DecisionVerdict.Refused && RefusalReasons.KindOf(row.Outcome!, row.ReplyMessage) == reason).Select(row => row.Outcome + row.ReplyMessage).Order(StringComparer.Ordinal);
            var found = await FindAsync(gateway, $"size=1000&reason={DecisionKinds.NameOf(reason)}");
            Assert.Equal(expected, found.Rows.Select(row => row.Outcome + row.ReplyMessage).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Pages_follow_each_other_without_gap_or_repetition_though_new_ones_come(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var now = gateway.Time.GetUtcNow();
        await SeedAsync(gateway, [.. Enumerable.Range(0, 25).Select(n => Row(now.AddSeconds(-(n / 3)), $"u{n:d2}", "192.0.2.1", n % 2 == 0 ? "Rejected" : "NoAnswer"))]);
        List<string> seen = [], back = [];
        string? after = null, before = null;
        do
        {
            var page = await FindAsync(gateway, $"outcome=refused&size=4{(after is null ? "" : $"&after={after}")}");
            seen.AddRange(page.Rows.Select(row => row.UserName));
            (after, before) = (page.Next, page.Previous);
            await SeedAsync(gateway, Row(now.AddSeconds(1), "new", "192.0.2.1", "Rejected"));
        }
        while (after is not null);

        for (var pages = 0; pages < 6; pages++)
        {
            var page = await FindAsync(gateway, $"outcome=refused&size=4&after={before}");
            back.InsertRange(0, page.Rows.Select(row => row.UserName));
            before = page.Previous;
        }

        Assert.Equal(seen[..24], back);
        Assert.NotNull(before);
        Assert.Equal(25, seen.Count);
        Assert.Equal(25, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain("new", seen, StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Whatever_is_searched_for_no_question_reads_the_whole_table(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var now = gateway.Time.GetUtcNow();
        string[] outcomes = ["SignedIn", "SignedIn", "SignedIn", "Rejected", "NoAnswer", "Challenged"];
        await SeedAsync(gateway, [.. Enumerable.Range(0, 6000).Select(n => Row(now.AddMinutes(-n), $"user{n % 997}", $"10.0.{n % 7}.{n % 251}", outcomes[n % outcomes.Length]) with
        {
            CallingStationId = $"02-00-00-00-{n % 13:X2}-{n % 199:X2}", Reference = $"{n:d3}-ABC", Words = new string('w', 300), Exchange = new byte[300], ServerName = n % 2 == 0 ? "dc-1" : "dc-2",
        })]);

        await gateway.ReadAsync(async database =>
        {
            await QueryPlans.AnalyzeAsync(database, Token);
            var search = gateway.Get<DecisionSearch>();
            foreach (var url in new[] { "", "user=user7", "mac=02:00:00:00:07", "address=10.0.3.7", "q=123-ABC", "q=user7", "outcome=refused", "reason=wrong-credentials", "server=dc-2", "range=24h", "outcome=no-answer&range=1h" })
            {
                var query = Read(url);
                var (rows, _) = await search.PlanAsync(database, query, null, Token);
                List<string> plans =
                [
                    await QueryPlans.ExplainAsync(database, DecisionSearch.PageQuery(rows, null).Take(51).Select(DecisionSearch.Columns), Token),
                    await QueryPlans.ExplainAsync(database, DecisionSearch.EdgeQuery(database.Set<PolicyDecision>(), null), Token),
                ];
                foreach (var seek in new DecisionFilter(query, now).Seeks().SelectMany(seeks => seeks))
                {
                    plans.Add(await QueryPlans.ExplainAsync(database, DecisionSearch.CandidateQuery(database.Set<PolicyDecision>(), seek), Token));
                }

                Assert.All(plans, plan => Assert.False(IsScan(plan), $"{url}: {plan}"));
            }

            Assert.True(IsScan(await QueryPlans.ExplainAsync(database, database.Set<PolicyDecision>().Where(row => row.Words == "x"), Token)));
            return true;
        });
    }

    [Fact]
    public async Task A_decision_comes_with_what_belongs_to_it()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var now = gateway.Time.GetUtcNow();
        await SeedAsync(gateway, Row(now, "bob", "192.0.2.1", "Challenged") with { AcctSessionId = "one", Exchange = [1] }, Row(now, "bob", "192.0.2.1", "SignedIn") with { AcctSessionId = "one" }, Row(now, "bob", "192.0.2.1", "Rejected") with { AcctSessionId = "two" });
        var first = (await FindAsync(gateway, "outcome=challenged")).Rows[0];

        var file = await gateway.Get<DecisionSearch>().FindAsync(first.Id, Token);

        Assert.Null(first.Exchange);
        Assert.Equal([1], file!.Decision.Exchange);
        Assert.Equal(["SignedIn"], file.Related.Select(row => row.Outcome), StringComparer.Ordinal);
        Assert.False(file.HasSession);
        Assert.Null(await gateway.Get<DecisionSearch>().FindAsync(9999, Token));
    }

    [Theory]
    [InlineData("outcome=nonsense", "There is no outcome 'nonsense'")]
    [InlineData("reason=7", "There is no reason '7'")]
    [InlineData("mac=hello", "'hello' is no MAC address")]
    [InlineData("address=hello", "'hello' is no address")]
    [InlineData("range=week", "'range' is a number")]
    [InlineData("from=yesterday", "'from' is a time in UTC")]
    [InlineData("from=2026-01-02&to=2026-01-01", "'from' is not before 'to'")]
    [InlineData("size=0", "'size' is a number from 1 to 1000")]
    public void What_makes_no_sense_is_left_out_and_said(string url, string notice)
    {
        var query = Read(url);

        Assert.Contains(query.Notices, said => said.StartsWith(notice, StringComparison.Ordinal));
        Assert.False(query.IsFiltered);
    }

    private static string Mixed(string word, Random random) => random.Next(3) switch { 0 => word, 1 => word.ToUpperInvariant(), _ => "x" + word + "y" };

    private static bool IsScan(string plan) =>
        plan.Contains("Seq Scan", StringComparison.Ordinal) || plan.Split('\n').Any(line => line.StartsWith("SCAN p", StringComparison.Ordinal) && !line.Contains("USING", StringComparison.Ordinal));

    private static DecisionQuery Read(string url) => DecisionQueryReader.Read(url.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], Uri.UnescapeDataString(pair[1].Replace('+', ' ')))));

    private static Task<DecisionPage> FindAsync(Gateways gateway, string url) => gateway.Get<DecisionSearch>().FindAsync(Read(url), Token, counts: true);

    private static async Task SeedAsync(Gateways gateway, params PolicyDecision[] rows) => Assert.Equal(WriteStatus.Committed, await gateway.Writer.WriteAsync(
        (database, _) =>
        {
            foreach (var row in rows)
            {
                database.Append(row);
            }

            return Task.CompletedTask;
        },
        Token));

    private static PolicyDecision Row(DateTimeOffset at, string user, string? address, string? outcome) => new()
    {
        At = at,
        AcctSessionId = "session",
        UserName = user,
        UserKey = SessionRows.UserKey(user),
        ClientAddress = address,
        Outcome = outcome,
        ServerName = "dc-1",
        IsGranted = false,
        Words = "words",
    };
}
