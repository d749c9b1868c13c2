using System.Net;
using NacGateway.Core.Authentication;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

public sealed class LoginThrottleTests(PostgreSqlServer postgres)
{
    private static readonly IPAddress s_client = IPAddress.Parse("192.0.2.7");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_restart_forgives_nothing(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        await FailAsync(gateway, "alice", s_client, 5);
        var expected = gateway.Time.GetUtcNow() + TimeSpan.FromMinutes(5);

        await gateway.RestartAsync(killed: true);

        Assert.Null(gateway.Get<LoginThrottle>().TryEnter("ALICE", IPAddress.Parse("192.0.2.8"), out var until));
        Assert.Equal(expected, until);
    }

    [Fact]
    public async Task Failures_before_a_restart_count_with_those_after_it()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        await FailAsync(gateway, "alice", s_client, 4);
        await gateway.RestartAsync();

        await FailAsync(gateway, "alice", s_client, 1);

        Assert.Null(gateway.Get<LoginThrottle>().TryEnter("alice", s_client, out _));
    }

    [Fact]
    public async Task The_wait_ends_when_it_was_said_to()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        await FailAsync(gateway, "alice", s_client, 5);
        Assert.Null(gateway.Get<LoginThrottle>().TryEnter("alice", s_client, out var until));

        gateway.Time.Advance(until - gateway.Time.GetUtcNow());

        Assert.NotNull(gateway.Get<LoginThrottle>().TryEnter("alice", s_client, out _));
    }

    [Fact]
    public async Task Success_forgives_the_user_also_after_a_restart()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        await FailAsync(gateway, "alice", s_client, 4);
        await TryAsync(gateway, "alice", s_client, ThrottleVerdict.Success);
        await gateway.RestartAsync();

        await FailAsync(gateway, "alice", s_client, 4);

        Assert.NotNull(gateway.Get<LoginThrottle>().TryEnter("alice", s_client, out _));
    }

    [Fact]
    public async Task One_client_cannot_go_through_many_names()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        for (int name = 0; name < 20; name++)
        {
            await FailAsync(gateway, $"user{name}", s_client, 1);
        }

        Assert.Null(gateway.Get<LoginThrottle>().TryEnter("someone", s_client.MapToIPv6(), out _));
        Assert.NotNull(gateway.Get<LoginThrottle>().TryEnter("someone", IPAddress.Parse("192.0.2.9"), out _));
    }

    [Fact]
    public async Task Tries_at_the_same_time_do_not_slip_through()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var throttle = gateway.Get<LoginThrottle>();

        int allowed = Enumerable.Range(0, 100).Count(_ => throttle.TryEnter("alice", s_client, out DateTimeOffset _) is not null);

        Assert.Equal(5, allowed);
    }

    [Fact]
    public async Task Made_up_names_do_not_stay_in_memory_or_table()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        await FailAsync(gateway, "alice", s_client, 1);
        Assert.Equal(2, gateway.Get<LoginThrottle>().Count);
        gateway.Time.Advance(TimeSpan.FromMinutes(11));

        await gateway.Get<LoginThrottle>().PruneAsync(Token);

        Assert.Equal(0, gateway.Get<LoginThrottle>().Count);
        Assert.Empty(await gateway.ReadAsync(database => Task.FromResult(database.Set<ThrottleEntry>().ToList())));
    }

    [Fact]
    public async Task Failures_that_could_not_be_recorded_are_logged_and_count_all_the_same()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        gateway.Faults.Begin = () => throw new IOException("The database is gone.");

        await FailAsync(gateway, "alice", s_client, 5);

        Assert.Null(gateway.Get<LoginThrottle>().TryEnter("alice", s_client, out _));
        Assert.Equal(5, gateway.Lines.Count(line => line.Id == 2524));
    }

    [Fact]
    public async Task A_fault_in_recording_a_failure_does_not_take_the_place_of_the_outcome()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        gateway.Faults.Begin = () => throw new FormatException("a bug");

        await FailAsync(gateway, "alice", s_client, 1);

        Assert.Contains(gateway.Lines, line => line.Id == 2525);
    }

    private static async Task FailAsync(Gateways gateway, string user, IPAddress client, int times)
    {
        for (int time = 0; time < times; time++)
        {
            await TryAsync(gateway, user, client, ThrottleVerdict.Failure);
        }
    }

    private static async Task TryAsync(Gateways gateway, string user, IPAddress client, ThrottleVerdict verdict)
    {
        var throttle = gateway.Get<LoginThrottle>();
        var ticket = throttle.TryEnter(user, client, out _);
        Assert.NotNull(ticket);
        await throttle.LeaveAsync(ticket, verdict, Token);
    }
}
