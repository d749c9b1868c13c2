using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Sessions;

/// <summary>Several gateways on one PostgreSQL.</summary>
public sealed class SharedDatabaseTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_gateway_restores_and_ends_its_own_sessions_only()
    {
        await using var north = await Gateways.StartAsync(StorageProvider.PostgreSql, postgres, ("Radius:NasIdentifier", "north"));
        await using var south = await north.StartBesideAsync(settings: ("Radius:NasIdentifier", "south"));
        var ofNorth = await north.OpenAsync(Openings.Of("alice", "192.168.1.7", sessionTimeout: TimeSpan.FromMinutes(5)));
        var elsewhere = await north.OpenAsync(Openings.Of("carol", "192.168.1.8"));
        var ofSouth = await south.OpenAsync(Openings.Of("bob", "192.168.1.7"));

        await south.RestartAsync(killed: true);

        Assert.Equal(1, south.Table.Count);
        Assert.True(south.Table.TryGet(ofSouth.AcctSessionId, out _));
        Assert.False(south.Table.TryGet(elsewhere.ClientAddress, out _));
        Assert.False(await south.Sessions.CloseAsync(ofNorth.AcctSessionId, AcctTerminateCause.AdminReset, Token));
        south.Time.Advance(TimeSpan.FromMinutes(6));
        await south.Sweeper.SweepAsync(Token);
        Assert.True(south.Table.TryGet(ofSouth.AcctSessionId, out _));
        await north.Sweeper.SweepAsync(Token);
        Assert.Equal(
            ["bob", "carol"],
            await north.ReadAsync(database => database.Set<Session>().Where(row => row.EndedAt == null).OrderBy(row => row.UserName).Select(row => row.UserName).ToListAsync(Token)));
    }

    [Fact]
    public async Task A_users_devices_are_counted_over_all_gateways_even_when_all_sign_in_at_once()
    {
        await using var north = await Gateways.StartAsync(StorageProvider.PostgreSql, postgres, ("Radius:NasIdentifier", "north"), ("Sessions:MaxPerUser", "3"));
        await using var south = await north.StartBesideAsync(settings: [("Radius:NasIdentifier", "south"), ("Sessions:MaxPerUser", "3")]);
        string[] users = ["alice", "bob", "carol", "dave"];

        var outcomes = await Task.WhenAll(
            from n in Enumerable.Range(1, 10)
            from user in n % 2 == 0 ? users : users.Reverse()
            from gateway in new[] { north, south }
            let client = $"192.0.{Array.IndexOf(users, user)}.{n}"
            select gateway.Sessions.OpenAsync(Openings.Of(user, client), Token));

        Assert.Equal(3 * users.Length, outcomes.OfType<OpenOutcome.Opened>().Count());
        Assert.Equal(outcomes.Length, outcomes.Count(outcome => outcome is OpenOutcome.Opened or OpenOutcome.DeviceLimit));
        Assert.Equal(3 * users.Length, north.Table.Count + south.Table.Count);
    }

    [Fact]
    public async Task A_device_that_moves_to_another_gateway_is_not_locked_out_by_what_it_left_behind()
    {
        const string Device = "02-00-5E-00-53-01";
        var rule = new DeviceRule(1, EndOldest: false);
        await using var north = await Gateways.StartAsync(StorageProvider.PostgreSql, postgres, ("Radius:NasIdentifier", "north"));
        await using var south = await north.StartBesideAsync(settings: ("Radius:NasIdentifier", "south"));
        await north.OpenAsync(Openings.Of(client: "192.0.2.1") with { Devices = rule, CallingStationId = Device });

        var moved = await south.Sessions.OpenAsync(Openings.Of(client: "192.0.2.1") with { Devices = rule, CallingStationId = Device }, Token);
        var other = await south.Sessions.OpenAsync(Openings.Of(client: "192.0.2.2") with { Devices = rule, CallingStationId = "02-00-5E-00-53-02" }, Token);

        Assert.IsType<OpenOutcome.Opened>(moved);
        Assert.IsType<OpenOutcome.DeviceLimit>(other);
    }

    [Fact]
    public async Task What_a_gateway_that_is_gone_left_open_does_not_count_past_its_Session_Timeout()
    {
        var rule = new DeviceRule(1, EndOldest: false);
        await using var north = await Gateways.StartAsync(StorageProvider.PostgreSql, postgres, ("Radius:NasIdentifier", "north"));
        await using var south = await north.StartBesideAsync(settings: ("Radius:NasIdentifier", "south"));
        await north.OpenAsync(Openings.Of(client: "192.0.2.1", sessionTimeout: TimeSpan.FromMinutes(5)) with { Devices = rule });
        await north.Sweeper.StopAsync(Token);

        var early = await south.Sessions.OpenAsync(Openings.Of(client: "192.0.2.2") with { Devices = rule }, Token);
        south.Time.Advance(TimeSpan.FromMinutes(5));
        var late = await south.Sessions.OpenAsync(Openings.Of(client: "192.0.2.2") with { Devices = rule }, Token);

        Assert.IsType<OpenOutcome.DeviceLimit>(early);
        Assert.IsType<OpenOutcome.Opened>(late);
    }

    [Fact]
    public async Task Two_gateways_of_one_name_are_told_so()
    {
        await using var one = await Gateways.StartAsync(StorageProvider.PostgreSql, postgres);
        await one.OpenAsync(Openings.Of("alice", "192.0.2.1"));

        // What another one writes, which came while this one had lost its lease.
        var other = Guid.NewGuid();
        await one.ReadAsync(database => database.Set<WriterMark>().ExecuteUpdateAsync(set => set.SetProperty(mark => mark.LastBatch, other), Token));

        await one.OpenAsync(Openings.Of("bob", "192.0.2.2"));
        await one.OpenAsync(Openings.Of("carol", "192.0.2.3"));

        var line = Assert.Single(one.Lines, line => line.Id == 2903);
        Assert.Contains("Radius:NasIdentifier", line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_with_a_name_of_its_own_and_one_that_restarts_are_told_nothing()
    {
        await using var north = await Gateways.StartAsync(StorageProvider.PostgreSql, postgres, ("Radius:NasIdentifier", "north"));
        await using var south = await north.StartBesideAsync(settings: ("Radius:NasIdentifier", "south"));
        await north.OpenAsync(Openings.Of());
        await south.OpenAsync(Openings.Of());
        await north.RestartAsync(killed: true);
        await north.OpenAsync(Openings.Of());

        Assert.DoesNotContain(north.Lines.Concat(south.Lines), line => line.Id == 2903);
    }

    [Fact]
    public async Task A_gateway_with_a_file_of_its_own_may_be_renamed()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var session = await gateway.OpenAsync(Openings.Of());
        gateway.Set("Radius:NasIdentifier", "renamed");

        await gateway.RestartAsync();

        Assert.True(gateway.Table.TryGet(session.ClientAddress, out _));
        Assert.True(await gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.UserRequest, Token));
    }
}
