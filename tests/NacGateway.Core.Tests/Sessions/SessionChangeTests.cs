using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Coa;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Sessions;

public sealed class SessionChangeTests(PostgreSqlServer postgres)
{
    private static readonly SessionLimits s_full = new()
    {
        SessionTimeout = TimeSpan.FromHours(3),
        IdleTimeout = TimeSpan.FromMinutes(7),
        InterimInterval = TimeSpan.FromMinutes(11),
        UploadRate = 1_000_000,
        DownloadRate = 20_000_000_000,
        InputQuota = 5_000_000_000,
        OutputQuota = 6_000_000_000,
        TotalQuota = 7_000_000_000,
        ThrottleRate = 300_000,
        Role = "guest",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task Every_limit_and_message_is_the_same_after_a_restart(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var session = await gateway.OpenAsync(Openings.Of() with { Limits = s_full, Message = "Welcome", Reauthenticates = true });

        Assert.Equal(s_full, session.Limits);
        await gateway.RestartAsync(killed: true);

        Assert.True(gateway.Table.TryGet(session.AcctSessionId, out var restored));
        Assert.Equal(s_full, restored.Limits);
        Assert.Equal(("Welcome", true), (restored.Message, restored.Reauthenticates));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    [Requirement("COA-17")]
    public async Task Changes_of_several_sessions_are_made_all_or_none(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var one = await gateway.OpenAsync(Openings.Of("alice", "192.0.2.1"));
        var two = await gateway.OpenAsync(Openings.Of("alice", "192.0.2.2"));

        var withGhost = await gateway.Sessions.ChangeAsync([Change(one.AcctSessionId), Change("ghost")], Also, Token);

        Assert.False(withGhost);
        Assert.True(gateway.Table.TryGet(one.AcctSessionId, out var unchanged));
        Assert.Equal(one.Limits, unchanged.Limits);
        Assert.Equal((0, 0), await CountsAsync(gateway));

        Assert.True(await gateway.Sessions.ChangeAsync([Change(one.AcctSessionId), Change(two.AcctSessionId)], Also, Token));

        Assert.All(gateway.Table.Snapshot(), session => Assert.Equal(s_full, session.Limits));
        Assert.Equal((2, 1), await CountsAsync(gateway));

        SessionChange Change(string id) => new() { AcctSessionId = id, Limits = s_full, Event = Event(gateway, id, SessionEventKind.Changed) };

        void Also(GatewayDbContext database) => database.Add(new CoaReply { Digest = new byte[32], At = gateway.Time.GetUtcNow(), Code = 44, Attributes = [] });
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task What_a_change_does_not_name_stays(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var session = await gateway.OpenAsync(Openings.Of() with { Limits = s_full, Message = "Welcome", TunnelAttributes = new byte[] { 64, 6, 0, 0, 0, 13 } });

        Assert.True(await gateway.Sessions.ChangeAsync([new SessionChange { AcctSessionId = session.AcctSessionId, Message = "Until six" }], also: null, Token));

        Assert.True(gateway.Table.TryGet(session.AcctSessionId, out var changed));
        Assert.Equal((s_full, "Until six"), (changed.Limits, changed.Message));
        var row = await gateway.ReadAsync(database => database.Set<Session>().SingleAsync(Token));
        Assert.Equal([3, 1, 2, 3, 1, 4], row.Classes!);
        Assert.Equal([64, 6, 0, 0, 0, 13], row.TunnelAttributes!);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task Several_sessions_end_together_and_those_that_are_over_are_passed_by(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var one = await gateway.OpenAsync(Openings.Of("alice", "192.0.2.1"));
        var two = await gateway.OpenAsync(Openings.Of("alice", "192.0.2.2"));

        var ended = await gateway.Sessions.CloseAsync([Closing(one.AcctSessionId), Closing("ghost"), Closing(two.AcctSessionId)], also: null, Token);

        Assert.Equal(2, ended);
        Assert.Equal(0, gateway.Table.Count);
        Assert.Equal((2, 0), await CountsAsync(gateway));

        SessionClosing Closing(string id) => new() { AcctSessionId = id, Cause = AcctTerminateCause.AdminReset, Event = Event(gateway, id, SessionEventKind.Ended) };
    }

    [Theory]
    [InlineData(99, 0, false)]
    [InlineData(100, 0, true)]
    [InlineData(0, 199, false)]
    [InlineData(0, 200, true)]
    [InlineData(60, 190, true)]
    [InlineData(60, 189, false)]
    public async Task A_quota_that_is_used_up_ends_the_session(long input, long output, bool ends)
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var session = await gateway.OpenAsync(Openings.Of() with { Limits = new SessionLimits { InputQuota = 100, OutputQuota = 200, TotalQuota = 250 } });

        session.Traffic.Add(input, output, gateway.Time.GetTimestamp());

        Assert.Equal(!ends, gateway.Table.TryGet(session.ClientAddress, out _));
        Assert.Equal(ends ? 1 : 0, await gateway.Sweeper.SweepAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_quota_that_throttles_slows_the_session_down_once_and_for_good(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var limits = new SessionLimits { OutputQuota = 200, UploadRate = 50_000, ThrottleRate = 64_000, Role = "guest" };
        var session = await gateway.OpenAsync(Openings.Of() with { Limits = limits });
        await gateway.Sweeper.SweepAsync(Token);
        Assert.Equal(limits, gateway.Table.TryFind(session.AcctSessionId, out var before) ? before.Limits : null);

        session.Traffic.Add(0, 200, gateway.Time.GetTimestamp());

        Assert.True(gateway.Table.TryGet(session.ClientAddress, out _));
        Assert.False(session.Pace.IsUsedUp(session.Traffic));
        Assert.Equal(0, await gateway.Sweeper.SweepAsync(Token));
        Assert.Equal(0, await gateway.Sweeper.SweepAsync(Token));

        // The slower of both rates, each way; and that is one change, which a restart does not undo.
        var slow = new SessionLimits { UploadRate = 50_000, DownloadRate = 64_000, Role = "guest" };
        Assert.Equal((1, 0), await CountsAsync(gateway));
        Assert.Equal(slow, gateway.Table.TryGet(session.AcctSessionId, out var now) ? now.Limits : null);
        await gateway.RestartAsync(killed: true);
        Assert.Equal(slow, gateway.Table.TryGet(session.AcctSessionId, out var restored) ? restored.Limits : null);
    }

    private static SessionEvent Event(Gateways gateway, string id, SessionEventKind kind) =>
        new() { AcctSessionId = id, At = gateway.Time.GetUtcNow(), Kind = kind, By = "test", Text = "as asked" };

    private static Task<(int Events, int Replies)> CountsAsync(Gateways gateway) => gateway.ReadAsync(async database =>
        (await database.Set<SessionEvent>().CountAsync(Token), await database.Set<CoaReply>().CountAsync(Token)));
}
