using System.Net.Sockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Coa;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Coa;

public sealed class DisconnectTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    [Requirement("COA-18")]
    public async Task An_ack_comes_after_the_session_is_over_for_good(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres, CoaClient.Settings);
        using var client = new CoaClient(gateway);
        var session = await gateway.OpenAsync(Openings.Of());
        var cut = 0;
        await using var connection = session.Ended.Register(() => Interlocked.Exchange(ref cut, 1));

        var reply = await client.AskAsync(CoaClient.Disconnect(packet => packet.AcctSessionId = session.AcctSessionId));

        Assert.Equal(RadiusCode.DisconnectAck, reply?.Code);
        Assert.Equal(1, Volatile.Read(ref cut));
        Assert.False(gateway.Table.TryGet(session.ClientAddress, out _));
        var row = await gateway.ReadAsync(database => database.Set<Session>().SingleAsync(Token));
        Assert.Equal((AcctTerminateCause.AdminReset, gateway.Time.GetUtcNow()), (row.TerminateCause, row.EndedAt));
        await gateway.RestartAsync(killed: true);
        Assert.Equal(0, gateway.Table.Count);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    [Requirement("COA-24", "COA-25")]
    public async Task Classes_of_the_request_go_into_the_stop_and_its_reply_message_into_the_history(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres, [.. CoaClient.Settings, ("Accounting:Enabled", "true")]);
        using var client = new CoaClient(gateway);
        var session = await gateway.OpenAsync(Openings.Of());

        await client.AskAsync(CoaClient.Disconnect(packet =>
        {
            packet.UserName = "alice";
            packet.Attributes.Add(RadiusAttributeType.Class, [9, 9]);
            packet.Attributes.Add(RadiusAttributeType.Class, [8]);
            packet.Attributes.Add(RadiusAttributeType.ReplyMessage, Encoding.UTF8.GetBytes("Your voucher was\0withdrawn"));
        }));

        var row = await gateway.ReadAsync(database => database.Set<Session>().SingleAsync(Token));
        Assert.Equal([2, 9, 9, 1, 8], row.Classes!);
        var stop = await gateway.ReadAsync(database => database.Set<AccountingRecord>().SingleAsync(record => record.Status == AcctStatusType.Stop, Token));
        Assert.Contains("310600000006", Convert.ToHexString(stop.Attributes), StringComparison.Ordinal);
        Assert.Contains("19040909190308", Convert.ToHexString(stop.Attributes), StringComparison.Ordinal);
        var line = Assert.Single(await gateway.ReadAsync(database => database.Set<SessionEvent>().ToListAsync(Token)));
        Assert.Equal((session.AcctSessionId, SessionEventKind.Ended, "CoA client 127.0.0.1"), (line.AcctSessionId, line.Kind, line.By));
        Assert.Equal("ended by a Disconnect-Request: Your voucher was withdrawn", line.Text);

        // The person hears it when he comes back, for a while and until he is online again.
        Assert.Equal("Your voucher was withdrawn", gateway.Table.Farewells.Find(session.ClientAddress));
        gateway.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(gateway.Table.Farewells.Find(session.ClientAddress));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    [Requirement("COA-11")]
    public async Task All_sessions_that_fit_end_and_no_other(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres, CoaClient.Settings);
        using var client = new CoaClient(gateway);
        await gateway.OpenAsync(Openings.Of("alice", "192.0.2.1"));
        await gateway.OpenAsync(Openings.Of("alice", "192.0.2.2"));
        var bob = await gateway.OpenAsync(Openings.Of("bob", "192.0.2.3"));

        var mixed = await client.AskAsync(CoaClient.Disconnect(packet =>
        {
            packet.UserName = "alice";
            packet.AcctSessionId = bob.AcctSessionId;
        }));
        Assert.Equal((RadiusCode.DisconnectNak, ErrorCause.SessionContextNotFound, 3), (mixed?.Code, mixed?.ErrorCause, gateway.Table.Count));

        var reply = await client.AskAsync(CoaClient.Disconnect(packet => packet.UserName = "alice"));
        Assert.Equal(RadiusCode.DisconnectAck, reply?.Code);
        Assert.Equal("bob", Assert.Single(gateway.Table.Snapshot()).UserName);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    [Requirement("COA-7")]
    public async Task The_same_request_again_gets_the_same_answer_and_ends_nobody_who_came_since(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres, CoaClient.Settings);
        await gateway.OpenAsync(Openings.Of());
        var request = CoaClient.Sign(CoaClient.Disconnect(packet =>
        {
            packet.UserName = "alice";
            packet.Attributes.Add(RadiusAttributeType.ProxyState, [1, 2, 3]);
        }));
        var first = await AskAsync();

        await gateway.OpenAsync(Openings.Of());
        Assert.Equal(first, await AskAsync());
        await gateway.RestartAsync(killed: true, later: TimeSpan.FromSeconds(299));
        Assert.Equal(first, await AskAsync());
        Assert.Equal(1, gateway.Table.Count);

        // After the window it is a new request, which may well be meant.
        gateway.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(first, await AskAsync());
        Assert.Equal(0, gateway.Table.Count);
        Assert.Equal(1, await gateway.ReadAsync(database => database.Set<CoaReply>().CountAsync(Token)));

        // From a port of its own each time: the listener's own memory of duplicates is by port.
        async Task<string> AskAsync()
        {
            using var client = new CoaClient(gateway);
            var reply = await client.AskAsync(request);
            Assert.NotNull(reply);
            return $"{reply.Code} {Convert.ToHexString(reply.Attributes.Encoded)}";
        }
    }

    [Fact]
    public async Task Several_of_the_same_at_once_have_one_effect_and_one_answer()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        await gateway.OpenAsync(Openings.Of());
        var request = CoaClient.Sign(CoaClient.Disconnect(packet => packet.UserName = "alice"));
        var clients = Enumerable.Range(0, 8).Select(_ => new CoaClient(gateway)).ToList();

        var replies = await Task.WhenAll(clients.Select(client => client.AskAsync(request)));

        Assert.All(replies, reply => Assert.Equal(RadiusCode.DisconnectAck, reply?.Code));
        Assert.Equal(1, await gateway.ReadAsync(database => database.Set<SessionEvent>().CountAsync(Token)));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    [Requirement("COA-29")]
    public async Task By_tcp_nobody_listens()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        var exception = await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(gateway.Get<CoaListener>().EndPoint!, Token).AsTask());

        Assert.Equal(SocketError.ConnectionRefused, exception.SocketErrorCode);
    }

    [Fact]
    public async Task While_the_database_cannot_be_written_nobody_is_disconnected_and_the_client_hears_it()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        using var client = new CoaClient(gateway);
        await gateway.OpenAsync(Openings.Of());
        gateway.Faults.Begin = () => throw new IOException("The database is gone.");

        var reply = await client.AskAsync(CoaClient.Disconnect(packet => packet.UserName = "alice"));

        gateway.Faults.Begin = null;
        Assert.Equal((RadiusCode.DisconnectNak, ErrorCause.ResourcesUnavailable, 1), (reply?.Code, reply?.ErrorCause, gateway.Table.Count));
    }
}
