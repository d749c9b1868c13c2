using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Coa;
using NacGateway.Core.Storage;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Coa;

public sealed class CoaGuardTests(PostgreSqlServer postgres)
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    [InlineData(-7200, false)]
    [Requirement("COA-8")]
    public async Task A_request_that_is_not_of_now_gets_no_answer(int seconds, bool isAnswered)
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        using var client = new CoaClient(gateway);
        await gateway.OpenAsync(Openings.Of());

        var reply = await client.AskAsync(CoaClient.Disconnect(packet =>
        {
            packet.UserName = "alice";
            packet.EventTimestamp = gateway.Time.GetUtcNow().AddSeconds(seconds);
        }));

        Assert.Equal((isAnswered, isAnswered ? 0 : 1), (reply is not null, gateway.Table.Count));
    }

    [Theory]
    [InlineData("false", false, true)]
    [InlineData("true", false, false)]
    [InlineData("true", true, true)]
    [Requirement("COA-9")]
    public async Task A_request_without_a_time_is_taken_unless_the_settings_want_one(string required, bool isTimed, bool isAnswered)
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, [.. CoaClient.Settings, ("Coa:RequireEventTimestamp", required)]);
        using var client = new CoaClient(gateway);
        await gateway.OpenAsync(Openings.Of());

        var reply = await client.AskAsync(CoaClient.Disconnect(packet =>
        {
            packet.UserName = "alice";
            packet.EventTimestamp = isTimed ? gateway.Time.GetUtcNow() : null;
        }));

        Assert.Equal((isAnswered, isAnswered ? 0 : 1), (reply is not null, gateway.Table.Count));
    }

    [Fact]
    [Requirement("COA-32")]
    public async Task What_a_client_sends_beyond_its_rate_is_dropped_and_forgeries_in_its_name_count_for_nothing()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, [.. CoaClient.Settings, ("Coa:RequestsPerSecond", "5")]);
        using var client = new CoaClient(gateway);
        for (var number = 0; number < 50; number++)
        {
            Assert.Null(await client.AskAsync(CoaClient.Sign(Nobody(), "another secret, as long as ours")));
        }

        for (var number = 0; number < 10; number++)
        {
            Assert.NotNull(await client.AskAsync(Nobody()));
        }

        Assert.Null(await client.AskAsync(Nobody()));
        gateway.Time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.NotNull(await client.AskAsync(Nobody()));
        Assert.Null(await client.AskAsync(Nobody()));
    }

    [Fact]
    [Requirement("COA-32")]
    public async Task Who_sends_recorded_requests_again_uses_up_nothing_of_the_clients_rate()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, [.. CoaClient.Settings, ("Coa:RequestsPerSecond", "20")]);
        using var client = new CoaClient(gateway);
        var stale = CoaClient.Sign(CoaClient.Disconnect(packet => (packet.UserName, packet.EventTimestamp) = ("nobody", gateway.Time.GetUtcNow().AddHours(-2))));
        var recorded = CoaClient.Sign(Nobody());
        Assert.NotNull(await client.AskAsync(recorded));

        // From a port of its own each time: the listener's own memory of duplicates is by port. All are held, so that none gets the port of another.
        var replayers = Enumerable.Range(0, 50).Select(_ => new CoaClient(gateway)).ToList();
        var answered = 0;
        foreach (var replayer in replayers)
        {
            answered += await replayer.AskAsync(recorded) is null ? 0 : 1;
            Assert.Null(await replayer.AskAsync(stale));
        }

        replayers.ForEach(replayer => replayer.Dispose());
        Assert.Equal(4, answered);
        for (var number = 1; number < 40; number++)
        {
            Assert.NotNull(await client.AskAsync(Nobody()));
        }

        Assert.Null(await client.AskAsync(Nobody()));
    }

    [Fact]
    [Requirement("COA-32")]
    public async Task Every_answer_is_logged_and_ten_thousand_datagrams_that_get_none_make_few_lines()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        using var client = new CoaClient(gateway);
        await client.AskAsync(Nobody());
        await client.AskAsync(CoaClient.Sign(CoaClient.Change()));
        var before = gateway.Lines.Count;

        var stale = CoaClient.Sign(CoaClient.Change(packet => packet.EventTimestamp = gateway.Time.GetUtcNow().AddHours(-2)));
        for (var number = 0; number < 5000; number++)
        {
            await client.AskAsync(CoaClient.Sign(Nobody(), "another secret, as long as ours"));
            await client.AskAsync(stale);
        }

        Assert.Equal([5011, 5011], gateway.Lines.Where(line => line.Id.Id is 5010 or 5011).Select(line => line.Id.Id));
        Assert.Contains(gateway.Lines, line => line.Message == "DisconnectRequest of 127.0.0.1: DisconnectNak 503 (SessionContextNotFound), no session fits");
        Assert.InRange(gateway.Lines.Count - before, 1, 4);
    }

    [Fact]
    public async Task Answers_older_than_the_window_are_forgotten()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        using var client = new CoaClient(gateway);
        await gateway.OpenAsync(Openings.Of());
        await client.AskAsync(CoaClient.Disconnect(packet => packet.UserName = "alice"));
        Assert.Equal(1, await CountAsync());

        gateway.Time.Advance(TimeSpan.FromSeconds(302));
        await gateway.Get<CoaLedger>().PruneAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, await CountAsync());

        Task<int> CountAsync() => gateway.ReadAsync(database => database.Set<CoaReply>().CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_clients_nothing_listens()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, ("Coa:Listen", "127.0.0.1:0"));

        Assert.Null(gateway.Get<CoaListener>().EndPoint);
    }

    private static RadiusPacket Nobody() => CoaClient.Disconnect(packet => packet.UserName = "nobody");
}
