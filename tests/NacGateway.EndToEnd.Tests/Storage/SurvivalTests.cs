using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Storage;

/// <summary>Whoever was told that he is online is online after the gateway has been away, on both databases.</summary>
public sealed class SurvivalTests(PostgreSqlServer postgreSql)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sqlite", "TERM")]
    [InlineData("Sqlite", "KILL")]
    [InlineData("PostgreSql", "TERM")]
    [InlineData("PostgreSql", "KILL")]
    public async Task A_session_outlives_the_process_that_opened_it(string provider, string signal)
    {
        await using var site = await Site.StartAsync(Cancel, settings: await StorageAsync(provider));
        using var before = site.Person();
        await before.SignInAsync("alice", "wonderland", Cancel);

        await site.Gateway.StopAsync(signal);
        await site.Gateway.StartAsync(Cancel);

        using var after = site.Person();
        Assert.Equal(200, await after.AskGateAsync(Cancel));
        await after.OpenAsync("/portal/status", Cancel);
        Assert.Contains("Signed in as alice", after.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task An_ended_session_stays_ended(string provider)
    {
        await using var site = await Site.StartAsync(Cancel, settings: await StorageAsync(provider));
        using var before = site.Person();
        await before.SignInAsync("alice", "wonderland", Cancel);
        await before.SubmitAsync("/portal/log-off", [], Cancel);

        await site.Gateway.StopAsync("KILL");
        await site.Gateway.StartAsync(Cancel);

        using var after = site.Person();
        Assert.Equal(511, await after.AskGateAsync(Cancel));
    }

    private async Task<(string Key, string? Value)[]> StorageAsync(string provider) => provider == "Sqlite"
        ? []
        : [("Storage:Provider", provider), ("Storage:ConnectionString", await postgreSql.CreateDatabaseAsync(Cancel))];
}
