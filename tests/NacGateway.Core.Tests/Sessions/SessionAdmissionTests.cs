using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Sessions;

public sealed class SessionAdmissionTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task The_oldest_device_gives_way_where_the_rule_says_so(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var rule = new DeviceRule(2, EndOldest: true);
        var first = await OpenAsync(gateway, "192.0.2.1", rule);
        await OpenAsync(gateway, "192.0.2.2", rule);
        await OpenAsync(gateway, "192.0.2.3", rule);

        Assert.Equal("192.0.2.2 192.0.2.3", string.Join(" ", gateway.Table.Snapshot().Select(session => session.ClientAddress.ToString()).Order(StringComparer.Ordinal)));
        Assert.True(first.Ended.IsCancellationRequested);
        var row = await gateway.ReadAsync(database => database.Set<Session>().SingleAsync(row => row.EndedAt != null, Token));
        Assert.Equal((first.AcctSessionId, AcctTerminateCause.NasRequest), (row.AcctSessionId, row.TerminateCause!.Value));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_device_replaces_its_own_session_under_another_address_and_is_never_locked_out_by_it(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var rule = new DeviceRule(1, EndOldest: false);
        var before = await OpenAsync(gateway, "192.0.2.1", rule, "02-00-5E-00-53-01");

        var after = await OpenAsync(gateway, "192.0.2.9", rule, "02-00-5E-00-53-01");

        Assert.Equal([after], gateway.Table.Snapshot());
        var row = await gateway.ReadAsync(database => database.Set<Session>().SingleAsync(row => row.EndedAt != null, Token));
        Assert.Equal((before.AcctSessionId, AcctTerminateCause.NasRequest), (row.AcctSessionId, row.TerminateCause!.Value));
        Assert.IsType<OpenOutcome.DeviceLimit>(await gateway.Sessions.OpenAsync(Opening("192.0.2.10", rule, "02-00-5E-00-53-02"), Token));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task Sign_ins_of_one_client_at_once_leave_one_session_and_end_the_others(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.Sessions.OpenAsync(Openings.Of(), Token)));

        Assert.All(outcomes, outcome => Assert.IsType<OpenOutcome.Opened>(outcome));
        var open = Assert.Single(gateway.Table.Snapshot());
        var rows = await gateway.ReadAsync(database => database.Set<Session>().ToListAsync(Token));
        Assert.Equal(open.AcctSessionId, Assert.Single(rows, row => row.EndedAt is null).AcctSessionId);
        Assert.Equal(19, rows.Count(row => row.TerminateCause == AcctTerminateCause.NasRequest));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_decision_is_recorded_whether_it_opened_a_session_or_not(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var rule = new DeviceRule(1, EndOldest: false);

        var opened = await gateway.Sessions.OpenAsync(Decided("192.0.2.1"), Token);
        var refused = await gateway.Sessions.OpenAsync(Decided("192.0.2.2"), Token);

        Assert.IsType<OpenOutcome.Opened>(opened);
        Assert.IsType<OpenOutcome.DeviceLimit>(refused);
        var words = await gateway.ReadAsync(database => database.Set<PolicyDecision>().OrderBy(decision => decision.Id).Select(decision => decision.Words).ToListAsync(Token));
        Assert.Equal(["from 192.0.2.1", "from 192.0.2.2 But 1 of 1 devices are online already, so it was refused."], words);

        SessionOpening Decided(string client)
        {
            var opening = Opening(client, rule, null);
            return opening with
            {
                Decision = new PolicyDecision { At = gateway.Time.GetUtcNow(), AcctSessionId = opening.AcctSessionId, UserName = "alice", IsGranted = true, Words = "from " + client },
            };
        }
    }

    private static Task<ActiveSession> OpenAsync(Gateways gateway, string client, DeviceRule rule, string? device = null)
    {
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        return gateway.OpenAsync(Opening(client, rule, device));
    }

    private static SessionOpening Opening(string client, DeviceRule rule, string? device) => Openings.Of(client: client) with { Devices = rule, CallingStationId = device };
}
