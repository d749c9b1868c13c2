using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Enforcement.Leases;

/// <summary>What becomes of sessions as addresses move, with the database and without a network.</summary>
public sealed class LeaseFollowerTests(PostgreSqlServer postgres)
{
    private const string Home = "10.0.0.7";
    private const string Away = "10.0.0.8";

    [Fact]
    public async Task A_new_holder_of_an_address_inherits_nothing_and_the_session_without_address_ends()
    {
        await using var gateway = await StartAsync();
        gateway.See(Home, 1);
        var session = await gateway.OpenAsync(Devices.Opening(Home, 1));

        gateway.See(Home, 2);

        Assert.Null(gateway.SessionAt(Home));
        Assert.Equal(AcctTerminateCause.LostCarrier, await EndOfAsync(gateway, session.AcctSessionId));
        var line = Assert.Single(await gateway.ReadAsync(database => database.Set<SessionEvent>().ToListAsync()));
        Assert.Equal((session.AcctSessionId, SessionEventKind.Moved), (line.AcctSessionId, line.Kind));
        Assert.Contains("02-00-5E-00-00-02", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_follows_its_device_and_goes_on_when_another_takes_its_first_address()
    {
        await using var gateway = await StartAsync();
        gateway.See(Home, 1);
        var session = await gateway.OpenAsync(Devices.Opening(Home, 1));

        gateway.See(Away, 1);

        Assert.Equal(session.AcctSessionId, gateway.SessionAt(Away));
        gateway.See(Home, 2);
        await Waiting.UntilAsync(() => gateway.Table.TryGet(session.AcctSessionId, out var now) && now.ClientAddress.ToString() == Away);

        // Who has the first address now may have a session of his own there, and neither ends the other's.
        var second = await gateway.OpenAsync(Devices.Opening(Home, 2, "bob"));
        Assert.Equal((session.AcctSessionId, second.AcctSessionId), (gateway.SessionAt(Away), gateway.SessionAt(Home)));
    }

    [Fact]
    public async Task Who_signs_in_at_an_address_before_its_move_is_recorded_does_not_end_the_session_that_moved()
    {
        await using var gateway = await StartAsync();
        gateway.See(Home, 1);
        var session = await gateway.OpenAsync(Devices.Opening(Home, 1));
        gateway.See(Away, 1);
        using var gate = new SemaphoreSlim(0);
        gateway.Faults.Begin = DatabaseFaults.Once(() => gate.Wait(TimeSpan.FromSeconds(10)));

        // The writer waits with whatever comes first; the second one is decided in the same breath.
        var signIn = gateway.OpenAsync(Devices.Opening(Home, 2, "bob"));
        gateway.See(Home, 2);
        gate.Release();
        var second = await signIn;

        Assert.Equal((session.AcctSessionId, second.AcctSessionId), (gateway.SessionAt(Away), gateway.SessionAt(Home)));
        await Waiting.UntilAsync(() => gateway.Table.TryGet(session.AcctSessionId, out var now) && now.ClientAddress.ToString() == Away);
        Assert.Equal(second.AcctSessionId, gateway.SessionAt(Home));
    }

    [Fact]
    public async Task Devices_that_fight_for_an_address_are_told_of_once_a_minute()
    {
        await using var gateway = await StartAsync();
        gateway.See(Home, 1);
        var session = await gateway.OpenAsync(Devices.Opening(Home, 1));

        for (var i = 0; i < 10; i++)
        {
            gateway.See(Home, 2);
            gateway.See(Home, 1);
        }

        await Waiting.UntilAsync(() => gateway.Lines.Count(line => line.Id.Id == 4123) == 20);
        gateway.See(Home, 2);
        Assert.Null(gateway.SessionAt(Home));
        gateway.See(Home, 1);
        Assert.True(gateway.SessionAt(Home) is null || gateway.SessionAt(Home) == session.AcctSessionId);
        await Waiting.UntilAsync(() => gateway.Lines.Count(line => line.Id.Id == 4123) == 22);
        var warning = Assert.Single(gateway.Lines, line => line.Id.Id == 4124);
        Assert.Equal(LogLevel.Warning, warning.Level);

        gateway.Time.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 2; i++)
        {
            gateway.See(Home, 2);
            gateway.See(Home, 1);
        }

        await Waiting.UntilAsync(() => gateway.Lines.Count(line => line.Id.Id == 4124) == 2);
        Assert.Contains(" 22 moves ", gateway.Lines.Last(line => line.Id.Id == 4124).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_false_source_address_steals_nothing_and_a_true_one_is_followed()
    {
        await using var gateway = await StartAsync();
        gateway.See(Home, 1);
        gateway.See(Away, 2);
        var session = await gateway.OpenAsync(Devices.Opening(Home, 1));
        var other = await gateway.OpenAsync(Devices.Opening(Away, 2, "bob"));

        gateway.See(Home, 2, LeaseSource.FirstPacket);
        gateway.See("fd00::7", 1, LeaseSource.FirstPacket);

        Assert.Equal((session.AcctSessionId, session.AcctSessionId, other.AcctSessionId), (gateway.SessionAt(Home), gateway.SessionAt("fd00::7"), gateway.SessionAt(Away)));
    }

    [Fact]
    public async Task A_session_that_began_before_its_device_was_known_is_that_devices_for_good()
    {
        await using var gateway = await StartAsync();
        var session = await gateway.OpenAsync(Devices.Opening(Home, device: null));

        gateway.See(Home, 1);
        await Waiting.UntilAsync(() => gateway.Table.TryGet(session.AcctSessionId, out var now) && now.CallingStationId == "02-00-5E-00-00-01");
        gateway.See(Home, 2);

        Assert.Null(gateway.SessionAt(Home));
        Assert.Equal(AcctTerminateCause.LostCarrier, await EndOfAsync(gateway, session.AcctSessionId));
    }

    [Fact]
    public async Task A_device_that_is_known_late_ends_the_session_that_it_had_before()
    {
        await using var gateway = await StartAsync();
        gateway.See(Home, 1);
        var earlier = await gateway.OpenAsync(Devices.Opening(Home, 1));
        var later = await gateway.OpenAsync(Devices.Opening("fd00::7", device: null));

        gateway.See("fd00::7", 1);

        Assert.Equal(AcctTerminateCause.NasRequest, await EndOfAsync(gateway, earlier.AcctSessionId));
        await Waiting.UntilAsync(() => gateway.SessionAt(Home) == later.AcctSessionId && gateway.SessionAt("fd00::7") == later.AcctSessionId);
    }

    [Fact]
    public async Task A_session_that_opens_where_its_device_no_longer_is_has_no_address_of_anothers()
    {
        await using var gateway = await StartAsync();
        gateway.See(Home, 2);
        gateway.See(Away, 1);

        var session = await gateway.OpenAsync(Devices.Opening(Home, 1));

        await Waiting.UntilAsync(() => gateway.SessionAt(Away) == session.AcctSessionId && gateway.SessionAt(Home) is null);
    }

    [Fact]
    public async Task After_a_restart_sessions_have_what_their_devices_have_now()
    {
        await using var gateway = await StartAsync();
        gateway.See(Home, 1);
        var kept = await gateway.OpenAsync(Devices.Opening(Home, 1));
        gateway.See(Away, 2);
        var lost = await gateway.OpenAsync(Devices.Opening(Away, 2, "bob"));

        await gateway.RestartAsync();
        gateway.See("fd00::7", 1);
        gateway.See(Away, 3);

        Assert.Equal((kept.AcctSessionId, kept.AcctSessionId, null), (gateway.SessionAt(Home), gateway.SessionAt("fd00::7"), gateway.SessionAt(Away)));
        Assert.Equal(AcctTerminateCause.LostCarrier, await EndOfAsync(gateway, lost.AcctSessionId));
    }

    [Fact]
    public async Task Link_local_addresses_neither_carry_a_session_nor_keep_one()
    {
        await using var gateway = await StartAsync();
        gateway.See("fe80::7", 1);
        gateway.See(Home, 1);
        var session = await gateway.OpenAsync(Devices.Opening(Home, 1));
        await Waiting.UntilAsync(() => gateway.SessionAt(Home) == session.AcctSessionId);

        gateway.See(Home, 2);

        Assert.Equal(AcctTerminateCause.LostCarrier, await EndOfAsync(gateway, session.AcctSessionId));
        Assert.Null(gateway.SessionAt("fe80::7"));
    }

    [Fact]
    public async Task What_the_database_does_not_take_is_recorded_later_and_nobody_is_in_meanwhile()
    {
        await using var gateway = await StartAsync();
        gateway.See(Home, 1);
        var session = await gateway.OpenAsync(Devices.Opening(Home, 1));
        gateway.Faults.Begin = () => throw new TimeoutException("The database does not answer.");

        gateway.See(Home, 2);
        await Waiting.UntilAsync(() => gateway.Lines.Any(line => line.Id.Id == 4122), turn: () => gateway.Time.Advance(TimeSpan.FromSeconds(1)));

        Assert.Null(gateway.SessionAt(Home));
        gateway.Faults.Begin = null;
        await Waiting.UntilAsync(() => !gateway.Table.TryGet(session.AcctSessionId, out _), turn: () => gateway.Time.Advance(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task An_address_is_forgotten_when_nobody_speaks_of_it_and_no_session_has_it()
    {
        await using var gateway = await StartAsync();
        gateway.See(Home, 1);
        gateway.See(Away, 2);
        var session = await gateway.OpenAsync(Devices.Opening(Home, 1));

        gateway.Time.Advance(TimeSpan.FromMinutes(10));
        await Waiting.UntilAsync(() => gateway.Get<LeaseTable>().Count == 1, turn: () => gateway.Time.Advance(TimeSpan.FromMinutes(1)));

        Assert.Single(gateway.Get<LeaseTable>().AddressesOf(Devices.Mac(1)));
        Assert.Equal(session.AcctSessionId, gateway.SessionAt(Home));
    }

    private Task<Gateways> StartAsync() => Gateways.StartAsync(StorageProvider.Sqlite, postgres, Devices.NoInterface);

    private static async Task<AcctTerminateCause?> EndOfAsync(Gateways gateway, string acctSessionId)
    {
        await Waiting.UntilAsync(() => !gateway.Table.TryGet(acctSessionId, out _));
        return await gateway.ReadAsync(database => database.Set<Session>().Where(row => row.AcctSessionId == acctSessionId).Select(row => row.TerminateCause).SingleAsync());
    }
}
