using Microsoft.Data.Sqlite;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Storage;

/// <summary>A database that cannot write costs the sign-in and nothing else: a plain page, no half session, and it heals by itself.</summary>
public sealed class StorageTroubleTests
{
    private const string Sentence = "This network cannot open new sessions right now";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_a_plain_sentence_and_a_sign_in_works_again_when_there_is_room()
    {
        await using var site = await Site.StartAsync(Cancel);
        using var alice = site.Person();
        await site.Gateway.AllowWritesAsync(false, Cancel);

        await alice.SignInAsync("alice", "wonderland", Cancel);
        var (page, gate) = (alice.Text, await alice.AskGateAsync(Cancel));
        await site.Gateway.AllowWritesAsync(true, Cancel);
        await alice.SignInAsync("alice", "wonderland", Cancel);

        Assert.Contains(Sentence, page, StringComparison.Ordinal);
        Assert.Equal(511, gate);
        Assert.Equal(200, await alice.AskGateAsync(Cancel));
    }

    [Fact]
    public async Task A_locked_database_is_a_plain_sentence_and_a_sign_in_works_again_when_it_is_free()
    {
        await using var site = await Site.StartAsync(Cancel);
        using var alice = site.Person();
        await using var other = new SqliteConnection($"Data Source={site.Gateway.Folder["nacgateway.db"]};Pooling=False");
        await other.OpenAsync(Cancel);
        await ExecuteAsync(other, "BEGIN IMMEDIATE");

        await alice.SignInAsync("alice", "wonderland", Cancel);
        var (page, gate) = (alice.Text, await alice.AskGateAsync(Cancel));
        await ExecuteAsync(other, "ROLLBACK");
        await alice.SignInAsync("alice", "wonderland", Cancel);

        Assert.Contains(Sentence, page, StringComparison.Ordinal);
        Assert.Equal(511, gate);
        Assert.Equal(200, await alice.AskGateAsync(Cancel));
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
