using System.Net;
using NacGateway.Core.Insight.People;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Insight.People;

/// <summary>Who had an address when: one question, whatever the spelling, answered by an index.</summary>
public sealed class AddressHistoryTests(PostgreSqlServer postgres)
{
    private static readonly DateTimeOffset s_tuesday = new(2026, 2, 24, 14, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task The_session_of_that_moment_is_found_and_its_neighbours(StorageProvider provider)
    {
        await using var gateway = await SeededAsync(provider);
        var history = gateway.Get<AddressHistory>();

        var during = await history.FindAsync(Key("10.0.0.7"), s_tuesday.AddMinutes(3), Token);
        var between = await history.FindAsync(Key("10.0.0.7"), s_tuesday.AddMinutes(20), Token);
        var open = await history.FindAsync(Key("10.0.0.7"), s_tuesday.AddHours(5), Token);
        var early = await history.FindAsync(Key("10.0.0.7"), s_tuesday.AddDays(-9), Token);

        Assert.Equal(("lena", "ada", "mika"), (Assert.Single(during.Holders).UserName, during.Before!.UserName, during.After!.UserName));
        Assert.Equal((0, "lena", "mika"), (between.Holders.Count, between.Before!.UserName, between.After!.UserName));
        Assert.Equal(("mika", "lena", null), (Assert.Single(open.Holders).UserName, open.Before!.UserName, open.After?.UserName));
        Assert.Equal((0, null, "ada"), (early.Holders.Count, early.Before?.UserName, early.After!.UserName));
    }

    [Theory]
    [InlineData(0, "lena")]
    [InlineData(10 * 60, null)]
    [InlineData((10 * 60) - 1, "lena")]
    [InlineData(-1, null)]
    public async Task A_session_has_its_first_instant_and_not_that_of_its_end(int seconds, string? user)
    {
        await using var gateway = await SeededAsync(StorageProvider.Sqlite);

        var answer = await gateway.Get<AddressHistory>().FindAsync(Key("10.0.0.7"), s_tuesday.AddSeconds(seconds), Token);

        Assert.Equal(user, answer.Holders is [var holder] ? holder.UserName : null);
    }

    [Theory]
    [InlineData("::ffff:10.0.0.7", "lena")]
    [InlineData("2001:DB8:0:0::7", "zoë")]
    [InlineData("2001:db8::7", "zoë")]
    public async Task Every_spelling_of_an_address_is_the_address(string address, string user)
    {
        await using var gateway = await SeededAsync(StorageProvider.Sqlite);

        var answer = await gateway.Get<AddressHistory>().FindAsync(Key(address), s_tuesday.AddMinutes(3), Token);

        Assert.Equal(user, Assert.Single(answer.Holders).UserName);
    }

    [Fact]
    public async Task Two_gateways_may_serve_the_same_private_address()
    {
        await using var gateway = await SeededAsync(StorageProvider.Sqlite);
        await gateway.SeedAsync(SeededSessions.Row("goran", "10.0.0.7", s_tuesday.AddMinutes(-1), owner: "other", lasted: TimeSpan.FromHours(1)));

        var answer = await gateway.Get<AddressHistory>().FindAsync(Key("10.0.0.7"), s_tuesday.AddMinutes(3), Token);

        Assert.Equal(["lena", "goran"], answer.Holders.Select(row => row.UserName), StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task It_is_one_question_that_an_index_answers(StorageProvider provider)
    {
        await using var gateway = await SeededAsync(provider);
        await gateway.SeedAsync(Enumerable.Range(0, 4000).Select(number => SeededSessions.Row($"u{number}", $"10.1.{number % 7}.{number % 251}", s_tuesday.AddMinutes(-number), lasted: TimeSpan.FromMinutes(30))));

        var plan = await gateway.ReadAsync(async database =>
        {
            await QueryPlans.AnalyzeAsync(database, Token);
            return await QueryPlans.ExplainAsync(database, AddressHistory.Question(database, "10.1.3.100", s_tuesday.AddMinutes(-1000)), Token);
        });

        Assert.Contains("IX_Sessions_ClientAddress_StartedAt", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);

        // What is scanned is what the three seeks gave, never the table.
        var lines = plan.Split('\n');
        Assert.DoesNotContain(lines, line => line.StartsWith("SCAN ", StringComparison.Ordinal) && !lines.Contains($"CO-ROUTINE {line["SCAN ".Length..]}", StringComparer.Ordinal));
    }

    private static ClientKey Key(string address) => ClientKey.From(IPAddress.Parse(address));

    private async Task<Gateways> SeededAsync(StorageProvider provider)
    {
        var gateway = await Gateways.StartAsync(provider, postgres);
        await gateway.SeedAsync(
            SeededSessions.Row("ada", "10.0.0.7", s_tuesday.AddDays(-2), lasted: TimeSpan.FromHours(1)),
            SeededSessions.Row("lena", "10.0.0.7", s_tuesday, lasted: TimeSpan.FromMinutes(10)),
            SeededSessions.Row("mika", "10.0.0.7", s_tuesday.AddHours(1)),
            SeededSessions.Row("kofi", "10.0.0.70", s_tuesday, lasted: TimeSpan.FromHours(1)),
            SeededSessions.Row("zoë", "2001:db8::7", s_tuesday, lasted: TimeSpan.FromHours(1)));
        return gateway;
    }
}
