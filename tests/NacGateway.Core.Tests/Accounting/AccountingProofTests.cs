using System.Globalization;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Accounting;

/// <summary>
/// Whatever dies and whatever is lost: every session has exactly one Start and one Stop at the server, and its octets never shrink.
/// The network loses, doubles and delays by a seed. NACGATEWAY_ACCOUNTING_SEED=N runs one seed, NACGATEWAY_ACCOUNTING_SEEDS=N that many.
/// </summary>
public sealed class AccountingProofTests(PostgreSqlServer postgres)
{
    private const string OneSeed = "NACGATEWAY_ACCOUNTING_SEED";
    private const string SeedCount = "NACGATEWAY_ACCOUNTING_SEEDS";
    private const int UsualSeeds = 3;

    /// <summary>Write points that one round of the script has, and some more.</summary>
    private const int MostPoints = 48;

    public static TheoryData<StorageProvider, int> Seeds
    {
        get
        {
            int[] seeds = Number(OneSeed) is { } one ? [one] : [.. Enumerable.Range(1, Number(SeedCount) ?? UsualSeeds)];
            return new TheoryData<StorageProvider, int>(seeds.SelectMany(seed => new[] { (StorageProvider.Sqlite, seed), (StorageProvider.PostgreSql, seed) }));
        }
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    [Requirement("ACCT-17", "ACCT-8", "ACCT-16")]
    public async Task Killed_at_every_write_point_each_session_has_one_start_and_one_stop(StorageProvider provider)
    {
        await using var story = await AccountingStory.StartAsync(postgres, provider, seed: 0);
        var struck = 0;
        for (var point = 1; point <= MostPoints; point++)
        {
            struck += await story.RoundAsync(point) ? 1 : 0;
        }

        for (var point = 1; point <= 6; point++)
        {
            await story.StartKilledAsync(point);
        }

        await story.EndAsync();
        Assert.True(struck > MostPoints / 2, $"Only {struck} of {MostPoints} points were reached.");
        Assert.Empty(await story.ProblemsAsync());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    [Requirement("ACCT-17", "ACCT-16", "ACCT-18")]
    public async Task Through_crashes_losses_and_an_hour_without_a_server_each_session_has_one_start_and_one_stop(StorageProvider provider, int seed)
    {
        var replay = $"Replay: {OneSeed}={seed} tests/run --project NacGateway.Core.Tests --filter {nameof(Through_crashes_losses_and_an_hour_without_a_server_each_session_has_one_start_and_one_stop)}";
        try
        {
            await using var story = await AccountingStory.StartAsync(postgres, provider, seed);
            await story.WanderAsync();
            await story.EndAsync();
            var problems = await story.ProblemsAsync();

            Assert.True(problems.Count == 0, string.Join('\n', [.. problems.Take(20)]));
            Assert.True(story.Sessions > 10, "The story is too short to prove anything.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Assert.Fail($"Seed {seed} on {provider}. {replay}\n{exception}");
        }
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
