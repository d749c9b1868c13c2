using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Sessions;

public sealed class TrafficPointsTests(PostgreSqlServer postgres)
{
    private static readonly TimeSpan s_step = TimeSpan.FromMinutes(7);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task Without_accounting_a_session_gets_its_points_all_the_same(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var session = await gateway.OpenAsync(Openings.Of());

        await MoveAsync(gateway, session, 10, 20);
        var first = gateway.Time.GetUtcNow();
        var active = await MoveAsync(gateway, session, 1, 2);

        Assert.Equal([(first, 10L, 20L), (gateway.Time.GetUtcNow(), 11L, 22L)], await PointsAsync(gateway));
        var row = await RowAsync(gateway);
        Assert.Equal((11, 22, gateway.Time.GetUtcNow(), active), (row.InputOctets, row.OutputOctets, row.ReportedAt, row.ActiveAt));
        Assert.Equal(0, await gateway.ReadAsync(database => database.Set<AccountingRecord>().CountAsync(Token)));
    }

    [Fact]
    public async Task A_time_without_traffic_costs_no_rows_and_is_flat_in_the_plot()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var session = await gateway.OpenAsync(Openings.Of());
        await MoveAsync(gateway, session, 10, 20);
        for (var i = 0; i < 20; i++)
        {
            await MoveAsync(gateway, session, 0, 0);
        }

        Assert.Single(await PointsAsync(gateway));
        await MoveAsync(gateway, session, 5, 5);

        var points = await PointsAsync(gateway);
        Assert.Equal([(10, 20), (10, 20), (15, 25)], points.Select(point => (point.Input, point.Output)));
        Assert.Equal(TimeSpan.FromMinutes(5), points[2].At - points[1].At);
        Assert.Equal(points[2].At, (await RowAsync(gateway)).ReportedAt);
    }

    [Fact]
    public async Task A_session_that_never_carried_anything_was_never_active()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var session = await gateway.OpenAsync(Openings.Of());
        await MoveAsync(gateway, session, 0, 0);

        await gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.UserRequest, Token);

        Assert.Empty(await PointsAsync(gateway));
        Assert.Null((await RowAsync(gateway)).ActiveAt);
    }

    [Fact]
    public async Task With_accounting_a_point_comes_with_each_Interim_Update()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, ("Accounting:Enabled", "true"));
        var session = await gateway.OpenAsync(Openings.Of() with { Limits = new SessionLimits { InterimInterval = TimeSpan.FromMinutes(1) } });

        for (var minute = 0; minute < 5; minute++)
        {
            session.Traffic.Add(1, 1, gateway.Time.GetTimestamp());
            gateway.Time.Advance(TimeSpan.FromMinutes(2));
            await PassAsync(gateway, session);
        }

        Assert.Equal(5, (await PointsAsync(gateway)).Count);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task When_there_are_enough_points_every_second_one_goes_and_the_next_come_at_twice_the_distance(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var session = await gateway.OpenAsync(Openings.Of());
        await MoveAsync(gateway, session, 1, 0);
        await gateway.Writer.WriteAsync(
            (database, _) =>
            {
                for (var i = 2; i <= TrafficPoints.Most; i++)
                {
                    database.Append(new SessionTraffic { AcctSessionId = session.AcctSessionId, At = gateway.Time.GetUtcNow(), InputOctets = i });
                    database.Append(new AccountingDelivery { AcctSessionId = session.AcctSessionId, Status = AcctStatusType.InterimUpdate, EventAt = gateway.Time.GetUtcNow(), DeliveredAt = gateway.Time.GetUtcNow() });
                }

                return Task.CompletedTask;
            },
            Token);
        await gateway.RestartAsync();
        Assert.True(gateway.Table.TryGet(session.AcctSessionId, out session!));

        await MoveAsync(gateway, session, TrafficPoints.Most, 0);

        var points = await PointsAsync(gateway);
        Assert.Equal((TrafficPoints.Most / 2) + 1, points.Count);
        Assert.Equal([2L, 4L], points.Take(2).Select(point => point.Input));
        Assert.Equal((points.Count, 2), (session.Traffic.Points, session.Traffic.PointSpread));
        Assert.Equal(TrafficPoints.Most / 2, await gateway.ReadAsync(database => database.Set<AccountingDelivery>().CountAsync(Token)));
        await MoveAsync(gateway, session, 1, 0);
        Assert.Equal(points.Count, (await PointsAsync(gateway)).Count);
        await MoveAsync(gateway, session, 1, 0);
        Assert.Equal(points.Count + 1, (await PointsAsync(gateway)).Count);
    }

    /// <summary>Moves octets, and lets a pass come by seven minutes later.</summary>
    /// <returns>When it moved them.</returns>
    private static async Task<DateTimeOffset> MoveAsync(Gateways gateway, ActiveSession session, long input, long output)
    {
        var at = gateway.Time.GetUtcNow();
        if (input + output > 0)
        {
            session.Traffic.Add(input, output, gateway.Time.GetTimestamp());
        }

        gateway.Time.Advance(s_step);
        await PassAsync(gateway, session);
        return at;
    }

    /// <summary>
    /// Waits until the gateway has come by: it does so by the clock that was turned, and in time of its own. One that has only just been
    /// started may have set its timer after the clock was turned, and gets another second then.
    /// </summary>
    private static async Task PassAsync(Gateways gateway, ActiveSession session)
    {
        const int Patience = 100;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        for (var looked = 1; session.Traffic.PointDue <= gateway.Time.GetTimestamp(); looked++)
        {
            Assert.True(looked < 200 * Patience, "The gateway did not come by.");
            await tick.WaitForNextTickAsync(Token);
            if (looked % Patience == 0)
            {
                gateway.Time.Advance(TimeSpan.FromSeconds(1));
            }
        }
    }

    private static Task<List<(DateTimeOffset At, long Input, long Output)>> PointsAsync(Gateways gateway) => gateway.ReadAsync(async database =>
        (await database.Set<SessionTraffic>().AsNoTracking().OrderBy(point => point.Id).ToListAsync(Token)).ConvertAll(point => (point.At, point.InputOctets, point.OutputOctets)));

    private static Task<Session> RowAsync(Gateways gateway) => gateway.ReadAsync(database => database.Set<Session>().AsNoTracking().SingleAsync(Token));
}
