using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Coa;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Coa;

/// <summary>Somebody on the way has recorded a request, and sends the same octets again from a port of his own.</summary>
[Requirement("COA-7")]
public sealed class ReplayTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 0, 300)]
    [InlineData(200, 0, 500)]
    [InlineData(300, 0, 600)]
    [InlineData(-200, 0, 100)]
    [InlineData(0, 900, 300)]
    public async Task As_long_as_its_time_is_believed_a_request_has_one_effect(int ahead, int milliseconds, int believed)
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, [.. CoaClient.Settings, ("Coa:RequireEventTimestamp", "true")]);
        var request = CoaClient.Sign(CoaClient.Disconnect(packet =>
        {
            packet.UserName = "alice";
            packet.EventTimestamp = gateway.Time.GetUtcNow().AddSeconds(ahead);
        }));
        gateway.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        await gateway.OpenAsync(Openings.Of());
        Assert.Equal(RadiusCode.DisconnectAck, (await AskAsync(gateway, request))?.Code);
        await gateway.OpenAsync(Openings.Of());

        // At the last instant at which its time passes.
        gateway.Time.Advance(TimeSpan.FromMilliseconds((believed * 1000) + 999 - milliseconds));
        await gateway.Get<CoaLedger>().PruneAsync(Token);
        Assert.Equal(RadiusCode.DisconnectAck, (await AskAsync(gateway, request))?.Code);
        Assert.Equal(1, gateway.Table.Count);

        gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await AskAsync(gateway, request));
        Assert.Equal(1, gateway.Table.Count);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task What_was_refused_stays_refused_whoever_has_come_since(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres, CoaClient.Settings);
        var request = CoaClient.Sign(CoaClient.Disconnect(packet => packet.UserName = "alice"));
        Assert.Equal(ErrorCause.SessionContextNotFound, (await AskAsync(gateway, request))?.ErrorCause);
        await gateway.OpenAsync(Openings.Of());

        await gateway.RestartAsync(killed: true, later: TimeSpan.FromMinutes(2));
        var again = await AskAsync(gateway, request);

        Assert.Equal((RadiusCode.DisconnectNak, ErrorCause.SessionContextNotFound, 1), (again?.Code, again?.ErrorCause, gateway.Table.Count));
    }

    [Fact]
    public async Task A_refusal_is_one_line_of_history_however_often_it_is_asked_for()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        await gateway.OpenAsync(Openings.Of());
        var request = CoaClient.Sign(CoaClient.Change(packet =>
        {
            packet.UserName = "alice";
            packet.Attributes.Add(RadiusAttributeType.FilterId, "a role that nobody knows"u8);
        }));

        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(ErrorCause.InvalidAttributeValue, (await AskAsync(gateway, request))?.ErrorCause);
        }

        Assert.Equal(1, await gateway.ReadAsync(database => database.Set<SessionEvent>().CountAsync(line => line.Kind == SessionEventKind.Refused, Token)));
    }

    [Fact]
    public async Task A_refusal_that_the_database_cannot_keep_is_no_answer_for_good()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        var request = CoaClient.Sign(CoaClient.Disconnect(packet => packet.UserName = "alice"));
        gateway.Faults.Begin = () => throw new IOException("The database is gone.");

        Assert.Equal(ErrorCause.ResourcesUnavailable, (await AskAsync(gateway, request))?.ErrorCause);

        gateway.Faults.Begin = null;
        Assert.Equal(ErrorCause.SessionContextNotFound, (await AskAsync(gateway, request))?.ErrorCause);
    }

    /// <summary>From a port of its own each time: the listener's own memory of duplicates is by port.</summary>
    private static async Task<RadiusPacket?> AskAsync(Gateways gateway, byte[] request)
    {
        using var client = new CoaClient(gateway);
        return await client.AskAsync(request);
    }
}
