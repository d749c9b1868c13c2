using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Storage;

/// <summary>Faults in what the writer is given: whoever made one hears of it, and the writer goes on for all others.</summary>
public sealed class GatewayWriterFaultTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_follows_a_commit_may_fail_for_its_caller_and_for_nobody_else()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var first = new TaskCompletionSource();
        var holding = gateway.Writer.WriteAsync((_, _) => first.Task, Token);

        var broken = gateway.Writer.WriteAsync((_, _) => Task.CompletedTask, _ => throw new FormatException("a bug"), Token);
        var sound = gateway.OpenAsync(Openings.Of("alice", "192.0.2.1"));
        first.SetResult();

        await Assert.ThrowsAsync<FormatException>(() => broken);
        Assert.Equal(WriteStatus.Committed, await holding);
        Assert.NotNull(await sound);
        Assert.NotNull(await gateway.OpenAsync(Openings.Of("bob", "192.0.2.2")));
        Assert.Contains(gateway.Lines, line => line.Id == 2907);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task An_operation_that_breaks_the_transaction_of_all_takes_only_itself_down(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var first = new TaskCompletionSource();
        var running = new TaskCompletionSource();
        var holding = gateway.Writer.WriteAsync((_, _) => { running.TrySetResult(); return first.Task; }, Token);
        await running.Task;

        var before = gateway.OpenAsync(Openings.Of("alice", "192.0.2.1"));
        var broken = gateway.Writer.WriteAsync(async (database, _) => await database.DisposeAsync(), Token);
        var ending = gateway.Writer.WriteAsync((database, token) => database.Database.RollbackTransactionAsync(token), Token);
        var after = gateway.OpenAsync(Openings.Of("bob", "192.0.2.2"));
        first.SetResult();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => broken);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ending);
        Assert.Equal(WriteStatus.Committed, await holding);
        Assert.True(gateway.Table.TryGet((await before).ClientAddress, out _));
        Assert.True(gateway.Table.TryGet((await after).ClientAddress, out _));
    }

    [Fact]
    public async Task A_fault_outside_of_all_operations_is_told_to_those_who_wait_and_the_next_are_served()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        gateway.Faults.Begin = DatabaseFaults.Once(() => throw new FormatException("a bug"));

        await Assert.ThrowsAsync<FormatException>(() => gateway.Sessions.OpenAsync(Openings.Of(), Token));

        Assert.NotNull(await gateway.OpenAsync(Openings.Of()));
    }
}
