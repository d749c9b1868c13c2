using System.Net;
using NacGateway.Core.Authentication;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

/// <summary>Who failed too often waits, unless the help desk unlocks him; then he does not, nor after a restart.</summary>
public sealed class LoginLocksTests(PostgreSqlServer postgres)
{
    private static readonly IPAddress s_client = IPAddress.Parse("192.0.2.7");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task An_account_that_is_unlocked_may_try_at_once_and_after_a_restart(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        await FailAsync(gateway, "alice", 5);
        var locked = await gateway.Get<LoginLocks>().OfUserAsync(" ALICE", Token);

        await gateway.Get<LoginLocks>().ForgiveUserAsync("Alice", Token);

        Assert.True(locked.IsLocked);
        Assert.Equal(gateway.Time.GetUtcNow() + TimeSpan.FromMinutes(5), locked.Until);
        Assert.False((await gateway.Get<LoginLocks>().OfUserAsync("alice", Token)).Matters);
        var ticket = gateway.Get<LoginThrottle>().TryEnter("alice", IPAddress.Parse("192.0.2.8"), out _);
        Assert.NotNull(ticket);
        await gateway.Get<LoginThrottle>().LeaveAsync(ticket, ThrottleVerdict.Neutral, Token);
        await gateway.RestartAsync(killed: true);
        Assert.NotNull(gateway.Get<LoginThrottle>().TryEnter("alice", IPAddress.Parse("192.0.2.8"), out _));
    }

    [Fact]
    public async Task An_address_that_is_unlocked_may_try_and_the_account_still_waits()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, ("Throttle:ClientFailures", "5"));
        await FailAsync(gateway, "alice", 5);
        Assert.True((await gateway.Get<LoginLocks>().OfClientAsync(IPAddress.Parse("::ffff:192.0.2.7"), Token)).IsLocked);

        await gateway.Get<LoginLocks>().ForgiveClientAsync(s_client, Token);

        Assert.False((await gateway.Get<LoginLocks>().OfClientAsync(s_client, Token)).Matters);
        Assert.NotNull(gateway.Get<LoginThrottle>().TryEnter("bob", s_client, out _));
        Assert.Null(gateway.Get<LoginThrottle>().TryEnter("alice", s_client, out _));
    }

    [Fact]
    public async Task What_the_database_does_not_take_is_said()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        await FailAsync(gateway, "alice", 5);
        gateway.Faults.Commit = () => throw new Microsoft.Data.Sqlite.SqliteException("database or disk is full", 13);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => gateway.Get<LoginLocks>().ForgiveUserAsync("alice", Token));

        gateway.Faults.Commit = null;
    }

    private static async Task FailAsync(Gateways gateway, string user, int times)
    {
        for (var number = 0; number < times; number++)
        {
            var ticket = gateway.Get<LoginThrottle>().TryEnter(user, s_client, out _);
            await gateway.Get<LoginThrottle>().LeaveAsync(ticket!, ThrottleVerdict.Failure, Token);
        }
    }
}
