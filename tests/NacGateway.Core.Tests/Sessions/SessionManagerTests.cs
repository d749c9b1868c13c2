using System.Net;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Sessions;

public sealed class SessionManagerTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task An_opened_session_is_in_the_table_and_in_the_database(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);

        var session = await gateway.OpenAsync(Openings.Of("Alice", "2001:db8::7", TimeSpan.FromHours(1), TimeSpan.FromMinutes(5)));

        Assert.True(gateway.Table.TryGet(IPAddress.Parse("2001:db8::7"), out var found));
        Assert.Same(session, found);
        var row = await gateway.ReadAsync(database => database.Set<Session>().SingleAsync(Token));
        Assert.Equal((session.AcctSessionId, "Alice", "2001:db8::7", "main", 3600, 300), (row.AcctSessionId, row.UserName, row.ClientAddress, row.ServerName, row.SessionTimeout, row.IdleTimeout));
        Assert.Equal(gateway.Time.GetUtcNow(), row.StartedAt);
        Assert.Equal([3, 1, 2, 3, 1, 4], row.Classes!);
        Assert.Null(row.EndedAt);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_closed_session_is_gone_from_the_table_and_kept_in_the_database_with_its_octets(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var session = await gateway.OpenAsync(Openings.Of());
        session.Traffic.Add(10_000_000_000, 20, gateway.Time.GetTimestamp());
        gateway.Time.Advance(TimeSpan.FromMinutes(3));

        Assert.True(await gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.UserRequest, Token));
        Assert.False(await gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.AdminReset, Token));

        Assert.False(gateway.Table.TryGet(session.ClientAddress, out _));
        Assert.True(session.Ended.IsCancellationRequested);
        var row = await gateway.ReadAsync(database => database.Set<Session>().SingleAsync(Token));
        Assert.Equal((AcctTerminateCause.UserRequest, gateway.Time.GetUtcNow(), 10_000_000_000, 20), (row.TerminateCause, row.EndedAt, row.InputOctets, row.OutputOctets));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_client_that_signs_in_again_ends_its_earlier_session(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var earlier = await gateway.OpenAsync(Openings.Of("alice"));

        var later = await gateway.OpenAsync(Openings.Of("bob"));

        Assert.True(gateway.Table.TryGet(earlier.ClientAddress, out var found));
        Assert.Same(later, found);
        Assert.Equal(1, gateway.Table.Count);
        Assert.True(earlier.Ended.IsCancellationRequested);
        var row = await gateway.ReadAsync(database => database.Set<Session>().SingleAsync(row => row.EndedAt != null, Token));
        Assert.Equal((earlier.AcctSessionId, AcctTerminateCause.NasRequest), (row.AcctSessionId, row.TerminateCause!.Value));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_user_has_no_more_devices_online_than_allowed_even_when_all_sign_in_at_once(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres, ("Sessions:MaxPerUser", "3"));

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 10).Select(n => gateway.Sessions.OpenAsync(Openings.Of(n % 2 == 0 ? "alice" : "ALICE", $"192.0.2.{n}"), Token)));

        Assert.Equal(3, outcomes.OfType<OpenOutcome.Opened>().Count());
        Assert.All(outcomes.OfType<OpenOutcome.DeviceLimit>(), limit => Assert.Equal((3, 3), (limit.Current, limit.Maximum)));
        Assert.Equal(3, await gateway.ReadAsync(database => database.Set<Session>().CountAsync(Token)));
        await gateway.OpenAsync(Openings.Of("alice", outcomes.OfType<OpenOutcome.Opened>().First().Session.ClientAddress.ToString()));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_change_keeps_the_session_and_counts_from_its_start(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var session = await gateway.OpenAsync(Openings.Of(sessionTimeout: TimeSpan.FromHours(8)));
        gateway.Time.Advance(TimeSpan.FromMinutes(50));

        Assert.True(await gateway.Sessions.ChangeAsync(session.AcctSessionId, new SessionLimits { SessionTimeout = TimeSpan.FromHours(1) }, Token));
        Assert.False(await gateway.Sessions.ChangeAsync("nobody", new SessionLimits(), Token));

        gateway.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.True(gateway.Table.TryGet(session.ClientAddress, out var changed));
        Assert.Same(session.Traffic, changed.Traffic);
        Assert.False(session.Ended.IsCancellationRequested);
        gateway.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(gateway.Table.TryGet(session.ClientAddress, out _));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_restart_keeps_open_sessions_and_their_deadlines_however_the_process_ended(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var lives = await gateway.OpenAsync(Openings.Of("alice", "192.0.2.1", TimeSpan.FromHours(2)));
        var expires = await gateway.OpenAsync(Openings.Of("bob", "192.0.2.2", TimeSpan.FromMinutes(10)));
        var ended = await gateway.OpenAsync(Openings.Of("carol", "192.0.2.3"));
        await gateway.Sessions.CloseAsync(ended.AcctSessionId, AcctTerminateCause.UserRequest, Token);
        var due = gateway.Time.GetUtcNow() + TimeSpan.FromMinutes(10);

        await gateway.RestartAsync(killed: true, later: TimeSpan.FromMinutes(30));

        Assert.True(gateway.Table.TryGet(lives.ClientAddress, out var found));
        Assert.Equal((lives.AcctSessionId, lives.StartedAt, lives.EndsAt), (found.AcctSessionId, found.StartedAt, found.EndsAt));
        Assert.False(gateway.Table.TryGet(expires.ClientAddress, out _));
        Assert.False(gateway.Table.TryGet(ended.ClientAddress, out _));
        await gateway.Sweeper.SweepAsync(Token);
        var row = await gateway.ReadAsync(database => database.Set<Session>().SingleAsync(row => row.AcctSessionId == expires.AcctSessionId, Token));
        Assert.Equal((AcctTerminateCause.SessionTimeout, due), (row.TerminateCause!.Value, row.EndedAt!.Value));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task Octets_of_open_sessions_survive_an_orderly_stop(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var session = await gateway.OpenAsync(Openings.Of());
        session.Traffic.Add(123, 456, gateway.Time.GetTimestamp());

        await gateway.RestartAsync();

        Assert.True(gateway.Table.TryGet(session.ClientAddress, out var found));
        Assert.Equal((123, 456), (found.Traffic.InputOctets, found.Traffic.OutputOctets));
    }

    [Fact]
    public async Task A_session_is_closed_to_the_gate_the_moment_its_idle_time_is_over_and_traffic_puts_that_off()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var session = await gateway.OpenAsync(Openings.Of(idleTimeout: TimeSpan.FromMinutes(5)));

        gateway.Time.Advance(TimeSpan.FromMinutes(4));
        session.Traffic.Add(1, 1, gateway.Time.GetTimestamp());
        gateway.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.True(gateway.Table.TryGet(session.ClientAddress, out _));
        gateway.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(gateway.Table.TryGet(session.ClientAddress, out _));
    }

    [Fact]
    public async Task The_sweeper_records_the_end_and_its_cause()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var idle = await gateway.OpenAsync(Openings.Of("alice", "192.0.2.1", idleTimeout: TimeSpan.FromMinutes(5)));
        var timed = await gateway.OpenAsync(Openings.Of("bob", "192.0.2.2", sessionTimeout: TimeSpan.FromMinutes(5)));
        var lasting = await gateway.OpenAsync(Openings.Of("carol", "192.0.2.3"));
        var ended = new TaskCompletionSource();
        await using var registration = idle.Ended.Register(ended.SetResult);

        // The service's own timer, a second at a time.
        gateway.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Token);
        await gateway.Sweeper.SweepAsync(Token);

        var causes = await gateway.ReadAsync(database => database.Set<Session>().ToDictionaryAsync(row => row.AcctSessionId, row => row.TerminateCause, StringComparer.Ordinal, Token));
        Assert.Equal(AcctTerminateCause.IdleTimeout, causes[idle.AcctSessionId]);
        Assert.Equal(AcctTerminateCause.SessionTimeout, causes[timed.AcctSessionId]);
        Assert.Null(causes[lasting.AcctSessionId]);
    }

    [Fact]
    public async Task The_longest_time_that_radius_can_write_is_no_overflow()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);

        var session = await gateway.OpenAsync(Openings.Of(sessionTimeout: TimeSpan.FromSeconds(uint.MaxValue), idleTimeout: TimeSpan.FromSeconds(uint.MaxValue)));

        // While the gateway is away: else every timer of its would ring through the whole year.
        await gateway.RestartAsync(later: TimeSpan.FromDays(365));

        Assert.True(gateway.Table.TryGet(session.ClientAddress, out _));
    }

    [Fact]
    public async Task A_lookup_does_not_allocate()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var session = await gateway.OpenAsync(Openings.Of(client: "192.0.2.9", sessionTimeout: TimeSpan.FromHours(1)));
        var table = new SessionTable(TimeProvider.System);
        table.Put(session);
        var stranger = IPAddress.Parse("2001:db8::1");
        table.TryGet(stranger, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 1000; n++)
        {
            table.TryGet(session.ClientAddress, out _);
            table.TryGet(stranger, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
