using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Core.Tests.Authentication;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Accounting;

public sealed class AccountingSenderTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    [Requirement("ACCT-7", "ACCT-8", "ACCT-12")]
    public async Task A_session_is_reported_from_its_start_to_its_stop_and_nothing_stays_in_the_outbox(StorageProvider provider)
    {
        await using var rig = await AccountingRig.StartAsync(postgres, provider);
        var session = await rig.Gateway.OpenAsync(Openings.Of() with { Limits = new SessionLimits { InterimInterval = TimeSpan.FromMinutes(10) } });
        var startedAt = rig.Gateway.Time.GetUtcNow();
        await rig.UntilAsync(() => rig.Sessions.Any());
        session.Traffic.Add(1000, 5000, rig.Gateway.Time.GetTimestamp());
        await rig.UntilAsync(() => rig.Sessions.Count() == 2, step: 5);
        await rig.Gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.UserRequest, Token);
        await rig.UntilDeliveredAsync();

        Assert.Equal([AcctStatusType.Start, AcctStatusType.InterimUpdate, AcctStatusType.Stop], rig.Sessions.Select(record => record.Status));
        Assert.All(rig.Sessions, record => Assert.Equal(session.AcctSessionId, record.AcctSessionId));
        Assert.Equal(startedAt, rig.Sessions.First().EventAt);
        Assert.Equal((1000, 5000), (rig.Sessions.Last().Input, rig.Sessions.Last().Output));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    [Requirement("ACCT-17", "RTX-6", "ACCT-4")]
    public async Task An_hour_without_a_server_and_a_restart_in_it_lose_nothing(StorageProvider provider)
    {
        await using var rig = await AccountingRig.StartAsync(postgres, provider);
        await rig.UntilDeliveredAsync();
        rig.Server.IsDown = true;
        var sessions = await Task.WhenAll(Enumerable.Range(1, 30).Select(n => rig.Gateway.OpenAsync(Openings.Of($"user{n}", $"192.0.2.{n}"))));
        await rig.PassAsync(TimeSpan.FromMinutes(25), step: 5);
        await Task.WhenAll(sessions.Take(20).Select(session => rig.Gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.UserRequest, Token)));
        await rig.Gateway.RestartAsync(killed: true, later: TimeSpan.FromMinutes(5));
        await Task.WhenAll(sessions.Skip(20).Select(session => rig.Gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.AdminReset, Token)));
        await rig.PassAsync(TimeSpan.FromMinutes(30), step: 5);
        Assert.Equal(60, await rig.WaitingAsync());

        rig.Server.IsDown = false;
        await rig.UntilDeliveredAsync(step: 1);

        Assert.Empty(rig.Server.Book.Problems(await rig.SessionRowsAsync()));
    }

    [Fact]
    [Requirement("ACCT-11", "ACCT-4")]
    public async Task A_record_that_is_sent_again_says_the_same_and_its_time_is_that_of_the_event()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        await rig.UntilDeliveredAsync();
        rig.Server.IsDown = true;
        var before = rig.Server.Requests.Count;
        var at = DateTimeOffset.FromUnixTimeSeconds(rig.Gateway.Time.GetUtcNow().ToUnixTimeSeconds());
        await rig.Gateway.OpenAsync(Openings.Of());
        await rig.PassAsync(TimeSpan.FromMinutes(20));

        var sent = rig.Server.Requests.Skip(before).ToList();
        Assert.InRange(sent.Count, 10, 80);
        Assert.All(sent, request => Assert.Equal(at, request.EventTimestamp));
        Assert.Single(sent.Select(request => Convert.ToHexString(request.Attributes.Encoded)).Distinct(StringComparer.Ordinal));
        Assert.Equal(1, await rig.WaitingAsync());
    }

    [Fact]
    [Requirement("ACCT-10")]
    public async Task Where_Acct_Delay_Time_is_wanted_another_value_goes_with_another_identifier()
    {
        await using var rig = await AccountingRig.StartAsync(postgres, settings: [("Accounting:SendDelayTime", "true")]);
        await rig.UntilDeliveredAsync();
        rig.Server.IsDown = true;
        var before = rig.Server.Requests.Count;
        await rig.Gateway.OpenAsync(Openings.Of());
        await rig.PassAsync(TimeSpan.FromMinutes(10));

        var sent = rig.Server.Requests.Skip(before).Select(request => (request.Identifier, Authenticator: Convert.ToHexString(request.Authenticator), Delay: Delay(request))).ToList();
        Assert.True(sent.Select(request => request.Delay).Distinct().Count() > 3);
        Assert.Equal(sent.Select(request => request.Delay).Order(), sent.Select(request => request.Delay));
        Assert.All(sent.Zip(sent.Skip(1)), pair => Assert.Equal(pair.First.Delay == pair.Second.Delay, pair.First.Identifier == pair.Second.Identifier && pair.First.Authenticator == pair.Second.Authenticator));
        static uint Delay(RadiusPacket request) => request.Attributes.TryGetFirst(RadiusAttributeType.AcctDelayTime, out var value) ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(value) : uint.MaxValue;
    }

    [Fact]
    [Requirement("ACCT-3")]
    public async Task A_response_that_is_not_authentic_acknowledges_nothing()
    {
        await using var forger = new UdpResponder(_ => new RadiusPacket(RadiusCode.AccountingResponse), "another secret of more than sixteen");
        await using var rig = await AccountingRig.StartAsync(postgres, settings: [("Radius:Servers:0:AccountingPort", forger.Port.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
        await rig.Gateway.OpenAsync(Openings.Of());
        await rig.UntilAsync(() => forger.Requests.Count > 10 && rig.Gateway.Get<AccountingHealth>().Silence is not null, step: 1);

        Assert.Equal(2, await rig.WaitingAsync());
        Assert.Contains("shared secret", rig.Gateway.Get<AccountingHealth>().Silence!.Value.Problem, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("ACCT-18")]
    public async Task Of_a_session_at_most_one_interim_waits_and_it_is_the_newest()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        var session = await rig.Gateway.OpenAsync(Openings.Of() with { Limits = new SessionLimits { InterimInterval = TimeSpan.FromMinutes(1) } });
        await rig.UntilDeliveredAsync();
        rig.Server.IsDown = true;
        for (var minute = 1; minute <= 6; minute++)
        {
            session.Traffic.Add(1000, 0, rig.Gateway.Time.GetTimestamp());
            await rig.PassAsync(TimeSpan.FromMinutes(1), step: 1);
            Assert.InRange(await InterimsAsync(rig), 0, 1);
        }

        await rig.UntilAsync(async () => await InterimsAsync(rig) == 1, step: 1);
        rig.Server.IsDown = false;
        await rig.UntilAsync(() => rig.Sessions.Count() > 1, step: 1);
        await rig.UntilDeliveredAsync();

        Assert.Equal(6000, rig.Sessions.Skip(1).First().Input);
    }

    [Fact]
    [Requirement("ACCT-28")]
    public async Task Nothing_is_sent_while_there_is_nothing_to_report()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        await rig.Gateway.OpenAsync(Openings.Of());
        await rig.UntilDeliveredAsync();
        var before = rig.Server.Received;

        await rig.PassAsync(TimeSpan.FromHours(1), step: 10);

        Assert.Equal(before, rig.Server.Received);
    }

    [Fact]
    public async Task A_server_that_is_silent_to_one_session_does_not_hold_up_the_others_and_its_stop_waits_for_its_start()
    {
        var silentTo = "";
        await using var rig = await AccountingRig.StartAsync(postgres, fates: (entry, _) => entry.AcctSessionId == silentTo ? Fate.RequestLost : Fate.Arrives);
        var opening = Openings.Of();
        silentTo = opening.AcctSessionId;
        await rig.Gateway.OpenAsync(opening);
        await rig.Gateway.Sessions.CloseAsync(silentTo, AcctTerminateCause.UserRequest, Token);
        await rig.PassAsync(TimeSpan.FromMinutes(3));

        await Task.WhenAll(Enumerable.Range(1, 50).Select(n => rig.Gateway.OpenAsync(Openings.Of($"user{n}", $"192.0.3.{n}"))));
        await rig.UntilAsync(async () => await rig.WaitingAsync() == 2, most: 30);

        Assert.DoesNotContain(rig.Server.Requests, request => request.AcctSessionId == silentTo && BookEntry.Of(request).Status == AcctStatusType.Stop);
    }

    [Fact]
    [Requirement("ACCT-17")]
    public async Task The_server_that_accepted_the_user_is_told_first_and_another_when_it_is_silent()
    {
        await using var second = new BookKeeper((_, _) => Fate.Arrives);
        await using var rig = await AccountingRig.StartAsync(postgres, settings: [("Radius:Servers:1:Name", "second"), ("Radius:Servers:1:Host", "127.0.0.1"), ("Radius:Servers:1:Secret", Gateways.Secret), ("Radius:Servers:1:Priority", "1"), ("Radius:Servers:1:AccountingPort", second.Port)]);
        await rig.UntilDeliveredAsync();
        var session = await rig.Gateway.OpenAsync(Openings.Of() with { ServerName = "second" });
        await rig.UntilDeliveredAsync();
        Assert.Empty(rig.Sessions);
        Assert.Single(second.Book.Entries);

        second.IsDown = true;
        await rig.Gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.UserRequest, Token);
        await rig.UntilDeliveredAsync();

        Assert.Equal(AcctStatusType.Stop, Assert.Single(rig.Sessions).Status);
    }

    [Fact]
    public async Task Switched_off_nothing_is_recorded()
    {
        await using var rig = await AccountingRig.StartAsync(postgres, settings: [("Accounting:Enabled", "false")]);
        await rig.Gateway.OpenAsync(Openings.Of());
        await rig.PassAsync(TimeSpan.FromMinutes(30), step: 10);

        Assert.Equal((0, 0L), (await rig.WaitingAsync(), rig.Server.Received));
    }

    private static Task<int> InterimsAsync(AccountingRig rig) =>
        rig.Gateway.ReadAsync(database => database.Set<AccountingRecord>().CountAsync(record => record.Status == AcctStatusType.InterimUpdate, Token));
}
