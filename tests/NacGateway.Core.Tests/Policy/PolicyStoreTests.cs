using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Policy;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Policy;

public sealed class PolicyStoreTests(PostgreSqlServer postgres) : IDisposable
{
    private const string One = """{ "roles": [ { "name": "one" } ] }""";
    private const string Two = """{ "roles": [ { "name": "two" } ] }""";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<StorageProvider> Both => Gateways.Both;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_first_start_seeds_the_rules_and_a_second_makes_no_version(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres, ("Policy:File", Write(One)));
        await gateway.RestartAsync();

        Assert.Equal(1, gateway.Get<PolicyBook>().Current.Version);
        Assert.True(gateway.Get<PolicyBook>().Current.TryFindRole("one", out _));
        Assert.Equal(1, await gateway.ReadAsync(database => database.Set<PolicyVersion>().CountAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_version_is_made_of_what_is_right_as_a_whole_and_new(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var store = gateway.Get<PolicyStore>();
        var cancellation = TestContext.Current.CancellationToken;

        var first = await store.SeedAsync(One, cancellation);
        var again = await store.SeedAsync(One, cancellation);
        var wrong = await store.ApplyAsync("""{ "roles": [ { "name": "one" }, { "name": "ONE" } ] }""", "ada", cancellation);
        var second = await store.ApplyAsync(Two, "ada", cancellation);
        var seed = await store.SeedAsync(One, cancellation);

        Assert.Equal((1, true), (first.Version, first.IsNew));
        Assert.Equal((1, false), (again.Version, again.IsNew));
        Assert.Equal((1, false, 1), (wrong.Version, wrong.IsNew, wrong.Errors.Count));
        Assert.Equal((2, true), (second.Version, second.IsNew));
        Assert.Equal((2, false), (seed.Version, seed.IsNew));
        var current = await store.CurrentAsync(cancellation);
        Assert.Equal(("ada", Two), (current!.CreatedBy, current.Document));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_one_gateway_puts_in_force_the_other_follows(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);

        // A SQLite file has one gateway; there it is the command that puts rules in force.
        await using var beside = provider == StorageProvider.PostgreSql ? await gateway.StartBesideAsync(settings: ("Radius:NasIdentifier", "beside")) : null;
        await (beside ?? gateway).Get<PolicyStore>().ApplyAsync(Two, "ada", TestContext.Current.CancellationToken);

        Assert.True(await gateway.Get<PolicyUpkeep>().FollowAsync(TestContext.Current.CancellationToken));
        Assert.False(await gateway.Get<PolicyUpkeep>().FollowAsync(TestContext.Current.CancellationToken));

        Assert.True(gateway.Get<PolicyBook>().Current.TryFindRole("two", out _));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Two_that_apply_at_once_make_a_version_each(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var store = gateway.Get<PolicyStore>();

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => store.ApplyAsync($$"""{ "roles": [ { "name": "r{{i}}" } ] }""", "ada", TestContext.Current.CancellationToken)));

        Assert.Equal([1, 2, 3, 4], applied.Select(one => one.Version).Order());
    }

    [Fact]
    public async Task A_version_that_cannot_be_read_leaves_the_one_before_in_force_and_a_start_with_it_is_refused()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, ("Policy:File", Write(One)));
        await gateway.Writer.WriteAsync(
            (database, _) =>
            {
                database.Add(new PolicyVersion { Version = 2, CreatedAt = gateway.Time.GetUtcNow(), CreatedBy = "a later release", Digest = "", Document = """{ "zones": [] }""" });
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);

        Assert.False(await gateway.Get<PolicyUpkeep>().FollowAsync(TestContext.Current.CancellationToken));

        Assert.Equal(1, gateway.Get<PolicyBook>().Current.Version);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => gateway.Get<PolicyUpkeep>().LoadAsync(TestContext.Current.CancellationToken));
        Assert.Contains("zones is not known", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Records_of_decisions_are_forgotten_by_age_and_by_number(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres, ("Policy:DecisionsKept", "1000"), ("Policy:DecisionsKeptFor", "01:00:00"));
        var log = gateway.Get<DecisionLog>();
        await Task.WhenAll(Enumerable.Range(0, 1004).Select(i => log.RecordAsync(Record(gateway, $"s{i}"), TestContext.Current.CancellationToken)));

        Assert.Equal(4, await log.TrimAsync(TestContext.Current.CancellationToken));
        gateway.Time.Advance(TimeSpan.FromMinutes(61));
        await log.RecordAsync(Record(gateway, "last"), TestContext.Current.CancellationToken);
        await log.TrimAsync(TestContext.Current.CancellationToken);

        Assert.Equal("last", Assert.Single(await gateway.ReadAsync(database => database.Set<PolicyDecision>().ToListAsync(TestContext.Current.CancellationToken))).AcctSessionId);
    }

    private static PolicyDecision Record(Gateways gateway, string session) =>
        new() { At = gateway.Time.GetUtcNow(), AcctSessionId = session, UserName = "mallory", IsGranted = false, Words = "Access was refused." };

    private string Write(string document)
    {
        var file = Path.Combine(_folder.FullName, "policies.json");
        File.WriteAllText(file, document);
        return file;
    }
}
