using System.Text;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Coa;

public sealed class ChangeTests(PostgreSqlServer postgres)
{
    private static readonly byte[] s_tunnel = [64, 6, 0, 0, 0, 13];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    [Requirement("COA-23", "COA-20", "COA-19")]
    public async Task What_a_request_names_replaces_and_holds_after_the_gateway_was_killed(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres, CoaClient.Settings);
        using var client = new CoaClient(gateway);
        var before = new SessionLimits { SessionTimeout = TimeSpan.FromHours(2), IdleTimeout = TimeSpan.FromMinutes(20), UploadRate = 1000 };
        var session = await gateway.OpenAsync(Openings.Of() with { Limits = before, TunnelAttributes = s_tunnel });

        var reply = await client.AskAsync(CoaClient.Change(packet =>
        {
            packet.UserName = "alice";
            packet.SessionTimeout = 600;
            packet.State = new byte[] { 4, 0, 4 };
            packet.Attributes.Add(RadiusAttributeType.ProxyState, [1, 1]);
            packet.Attributes.AddVendor(VendorId.Wispr, WisprAttributeType.BandwidthMaxDown, [0, 1, 0, 0]);
            packet.Attributes.AddVendor(VendorId.ChilliSpot, 3, [0, 0, 3, 0xe8]);
            packet.Attributes.Add(RadiusAttributeType.Class, [7]);
            packet.Attributes.Add(RadiusAttributeType.ProxyState, []);
        }));

        Assert.Equal(RadiusCode.CoaAck, reply?.Code);
        Assert.Equal([4, 0, 4], reply!.State!.Value.ToArray());
        Assert.Equal("0101 ", string.Join(' ', reply!.ProxyStates.Select(state => Convert.ToHexString(state.Span))));
        await gateway.RestartAsync(killed: true);
        Assert.True(gateway.Table.TryGet(session.AcctSessionId, out var changed));
        Assert.Equal(before with { SessionTimeout = TimeSpan.FromMinutes(10), DownloadRate = 65536, TotalQuota = 1000 }, changed.Limits);
        var row = await gateway.ReadAsync(database => database.Set<Session>().SingleAsync(Token));
        Assert.Equal([1, 7], row.Classes!);
        Assert.Equal(s_tunnel, row.TunnelAttributes!);
        Assert.Null(row.State);
        var line = Assert.Single(await gateway.ReadAsync(database => database.Set<SessionEvent>().ToListAsync(Token)));
        Assert.Equal((SessionEventKind.Changed, "CoA client 127.0.0.1"), (line.Kind, line.By));
        Assert.Equal("Session-Timeout from 7200 s to 600 s; download rate from none to 65536 bit/s; total quota from none to 1000 octets; Class", line.Text);
    }

    [Fact]
    [Requirement("COA-23")]
    public async Task A_tunnel_replaces_the_old_one_as_a_whole()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        using var client = new CoaClient(gateway);
        await gateway.OpenAsync(Openings.Of() with { TunnelAttributes = new byte[] { 64, 6, 0, 0, 0, 13, 65, 6, 0, 0, 0, 6, 81, 4, 0x31, 0x37 } });

        await client.AskAsync(CoaClient.Change(packet =>
        {
            packet.UserName = "alice";
            packet.Attributes.Add(RadiusAttributeType.TunnelType, [0, 0, 0, 13]);
            packet.Attributes.Add(RadiusAttributeType.TunnelPrivateGroupId, "42"u8);
        }));

        var row = await gateway.ReadAsync(database => database.Set<Session>().SingleAsync(Token));
        Assert.Equal([64, 6, 0, 0, 0, 13, 81, 4, 0x34, 0x32], row.TunnelAttributes!);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    [Requirement("COA-17", "COA-11")]
    public async Task All_sessions_that_are_meant_change_or_none(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres, CoaClient.Settings);
        using var client = new CoaClient(gateway);
        var one = await gateway.OpenAsync(Openings.Of("alice", "192.0.2.1"));
        var two = await gateway.OpenAsync(Openings.Of("alice", "192.0.2.2"));

        var refused = await client.AskAsync(CoaClient.Change(packet =>
        {
            packet.UserName = "alice";
            packet.SessionTimeout = 600;
            packet.Attributes.Add(RadiusAttributeType.FilterId, "a role that nobody knows"u8);
        }));

        Assert.Equal((RadiusCode.CoaNak, ErrorCause.InvalidAttributeValue), (refused?.Code, refused?.ErrorCause));
        Assert.Equal([null, null], gateway.Table.Snapshot().Select(session => session.Limits.SessionTimeout));
        var lines = await gateway.ReadAsync(database => database.Set<SessionEvent>().OrderBy(line => line.Id).ToListAsync(Token));
        Assert.Equal(
            new[] { one.AcctSessionId, two.AcctSessionId }.Order(StringComparer.Ordinal),
            lines.Where(line => line.Kind == SessionEventKind.Refused).Select(line => line.AcctSessionId).Order(StringComparer.Ordinal));
        Assert.Equal("CoaRequest was refused: there is no role a role that nobody knows", lines[0].Text);

        var done = await client.AskAsync(CoaClient.Change(packet => (packet.UserName, packet.SessionTimeout) = ("alice", 600)));

        Assert.Equal(RadiusCode.CoaAck, done?.Code);
        Assert.Equal([TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10)], gateway.Table.Snapshot().Select(session => session.Limits.SessionTimeout));
    }

    [Fact]
    public async Task A_filter_id_puts_a_session_under_another_role()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        using var client = new CoaClient(gateway);
        gateway.Get<PolicyBook>().Current = new AccessPolicy(1, [new PolicyRole { Name = "slow", Limits = new SessionLimits { DownloadRate = 1000 } }]);
        var session = await gateway.OpenAsync(Openings.Of());

        var reply = await client.AskAsync(CoaClient.Change(packet =>
        {
            packet.AcctSessionId = session.AcctSessionId;
            packet.Attributes.Add(RadiusAttributeType.FilterId, "SLOW"u8);
        }));

        Assert.Equal(RadiusCode.CoaAck, reply?.Code);
        Assert.True(gateway.Table.TryGet(session.AcctSessionId, out var changed));
        Assert.Equal(("slow", 1000L), (changed.Limits.Role, changed.Limits.DownloadRate));
    }

    [Fact]
    public async Task A_session_timeout_counts_from_the_start_and_ends_at_once_what_has_lasted_longer()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        using var client = new CoaClient(gateway);
        var session = await gateway.OpenAsync(Openings.Of());
        gateway.Time.Advance(TimeSpan.FromMinutes(11));

        var reply = await client.AskAsync(CoaClient.Change(packet => (packet.UserName, packet.SessionTimeout) = ("alice", 600)));

        Assert.Equal(RadiusCode.CoaAck, reply?.Code);
        Assert.False(gateway.Table.TryGet(session.ClientAddress, out _));
    }

    [Fact]
    [Requirement("COA-24")]
    public async Task The_message_of_a_request_is_kept_for_the_user()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        using var client = new CoaClient(gateway);
        var session = await gateway.OpenAsync(Openings.Of());

        await client.AskAsync(CoaClient.Change(packet =>
        {
            packet.UserName = "alice";
            packet.Attributes.Add(RadiusAttributeType.ReplyMessage, Encoding.UTF8.GetBytes("The library closes at six"));
        }));

        Assert.True(gateway.Table.TryGet(session.AcctSessionId, out var changed));
        Assert.Equal("The library closes at six", changed.Message);
    }

    [Fact]
    [Requirement("RATT-13")]
    public async Task Termination_action_and_its_state_are_kept_for_the_end_of_the_session()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        using var client = new CoaClient(gateway);
        await gateway.OpenAsync(Openings.Of());

        await client.AskAsync(CoaClient.Change(packet =>
        {
            packet.UserName = "alice";
            packet.TerminationAction = TerminationAction.RadiusRequest;
            packet.State = new byte[] { 8, 8 };
        }));

        var row = await gateway.ReadAsync(database => database.Set<Session>().SingleAsync(Token));
        Assert.True(row.Reauthenticates);
        Assert.Equal([8, 8], row.State!);
    }

    [Fact]
    public async Task An_interval_of_reports_that_a_session_did_not_have_begins_now()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        using var client = new CoaClient(gateway);
        var session = await gateway.OpenAsync(Openings.Of());
        Assert.Equal(long.MaxValue, session.Traffic.InterimDue);

        await client.AskAsync(CoaClient.Change(packet => (packet.UserName, packet.AcctInterimInterval) = ("alice", 900)));

        var seconds = (session.Traffic.InterimDue - gateway.Time.GetTimestamp()) / gateway.Time.TimestampFrequency;
        Assert.InRange(seconds, 900 * 3 / 4, 900 * 5 / 4);
    }

    [Fact]
    public async Task Two_requests_at_once_do_not_undo_one_another()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        var session = await gateway.OpenAsync(Openings.Of());
        using var one = new CoaClient(gateway);
        using var two = new CoaClient(gateway);

        await Task.WhenAll(
            one.AskAsync(CoaClient.Change(packet => (packet.UserName, packet.SessionTimeout) = ("alice", 600))),
            two.AskAsync(CoaClient.Change(packet => (packet.UserName, packet.IdleTimeout) = ("alice", 60))));

        Assert.True(gateway.Table.TryGet(session.AcctSessionId, out var changed));
        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1)), (changed.Limits.SessionTimeout, changed.Limits.IdleTimeout));
    }

    [Fact]
    public async Task The_same_request_again_does_not_undo_a_later_one()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        var session = await gateway.OpenAsync(Openings.Of());
        using var client = new CoaClient(gateway);
        using var replayer = new CoaClient(gateway);
        var first = CoaClient.Sign(CoaClient.Change(packet => (packet.UserName, packet.SessionTimeout) = ("alice", 600)));
        await client.AskAsync(first);
        await client.AskAsync(CoaClient.Change(packet => (packet.UserName, packet.SessionTimeout) = ("alice", 300)));

        Assert.Equal(RadiusCode.CoaAck, (await replayer.AskAsync(first))?.Code);

        Assert.True(gateway.Table.TryGet(session.AcctSessionId, out var changed));
        Assert.Equal(TimeSpan.FromMinutes(5), changed.Limits.SessionTimeout);
    }

    [Fact]
    public async Task The_history_of_a_session_keeps_its_last_lines_and_no_more()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        using var client = new CoaClient(gateway);
        await gateway.OpenAsync(Openings.Of());

        for (uint seconds = 1; seconds <= SessionHistory.Most + 5; seconds++)
        {
            await client.AskAsync(CoaClient.Change(packet => (packet.UserName, packet.IdleTimeout) = ("alice", 1000 + seconds)));
        }

        var lines = await gateway.ReadAsync(database => database.Set<SessionEvent>().OrderBy(line => line.Id).Select(line => line.Text).ToListAsync(Token));
        Assert.Equal(SessionHistory.Most, lines.Count);
        Assert.EndsWith("to 1006 s", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("to 1105 s", lines[^1], StringComparison.Ordinal);
    }
}
