using System.Net;
using NacGateway.Core.Coa;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Core.Tests.Authentication;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Coa;

/// <summary>A session that its server accepted again when the twelve hours of Sessions:SessionTimeout were over is changed.</summary>
public sealed class ChangeAfterRenewalTests(PostgreSqlServer postgres)
{
    private const int Longest = 12 * 3600;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_longer_session_timeout_gives_what_the_gateway_allows_from_the_renewal_on(bool isRestarted)
    {
        await using var scene = await RenewedAsync();
        await RestartAsync(scene, isRestarted);

        var reply = await AskAsync(scene, packet => packet.SessionTimeout = 3 * Longest);

        Assert.Equal((RadiusCode.CoaAck, TimeSpan.FromSeconds(2 * Longest)), (reply?.Code, scene.Session?.Limits.SessionTimeout));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_role_cuts_nothing_that_it_does_not_limit(bool isRestarted)
    {
        await using var scene = await RenewedAsync();
        await RestartAsync(scene, isRestarted);
        scene.Gateway.Get<PolicyBook>().Current = Role(new SessionLimits { DownloadRate = 1000 });

        var reply = await AskAsync(scene, packet => packet.Attributes.Add(RadiusAttributeType.FilterId, "slow"u8));

        Assert.Equal((RadiusCode.CoaAck, TimeSpan.FromSeconds(2 * Longest), 1000L), (reply?.Code, scene.Session?.Limits.SessionTimeout, scene.Session?.Limits.DownloadRate));
    }

    [Fact]
    public async Task The_limits_of_another_role_count_from_the_renewal()
    {
        await using var scene = await RenewedAsync();
        scene.Gateway.Get<PolicyBook>().Current = Role(new SessionLimits { SessionTimeout = TimeSpan.FromHours(1), InputQuota = 1000, OutputQuota = long.MaxValue, TotalQuota = 2000 });

        var reply = await AskAsync(scene, packet => packet.Attributes.Add(RadiusAttributeType.FilterId, "slow"u8));

        Assert.Equal(RadiusCode.CoaAck, reply?.Code);
        Assert.Equal(
            new SessionLimits { SessionTimeout = TimeSpan.FromHours(13), InputQuota = 6000, OutputQuota = long.MaxValue, TotalQuota = 10_000, Role = "slow" },
            scene.Session!.Limits with { IdleTimeout = null, InterimInterval = null });
    }

    [Fact]
    public async Task A_renewal_that_is_being_written_is_not_undone()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres, CoaClient.Settings);
        var session = await gateway.OpenAsync(Openings.Of(sessionTimeout: TimeSpan.FromMinutes(10)));
        using var busy = new SemaphoreSlim(0);
        using var free = new SemaphoreSlim(0);
        gateway.Faults.Begin = DatabaseFaults.Once(() =>
        {
            busy.Release();
            free.Wait(Token);
        });

        // 1. The writer is at something else; 2. a renewal waits for it; 3. a change that was made from the limits of before, too.
        var other = gateway.Sessions.ChangeAsync([new SessionChange { AcctSessionId = session.AcctSessionId, Message = "Welcome" }], also: null, Token);
        await busy.WaitAsync(Token);
        var renewal = gateway.Sessions.ChangeAsync(session.AcctSessionId, session.Limits with { SessionTimeout = TimeSpan.FromMinutes(20) }, Token);
        var request = CoaRequest.Of(CoaClient.Change(packet => (packet.UserName, packet.IdleTimeout) = ("alice", 60)), IPAddress.Loopback, "nacgateway");
        var change = gateway.Get<ChangeHandler>().HandleAsync(request, Token);
        free.Release();

        Assert.True(await other && await renewal);
        Assert.Equal(RadiusCode.CoaAck, (await change).Code);
        Assert.True(gateway.Table.TryGet(session.AcctSessionId, out var changed));
        Assert.Equal((TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(1)), (changed.Limits.SessionTimeout, changed.Limits.IdleTimeout));
    }

    private static AccessPolicy Role(SessionLimits limits) => new(1, [new PolicyRole { Name = "slow", Limits = limits }]);

    private static async Task<RadiusPacket?> AskAsync(RenewalScene scene, Action<RadiusPacket> fill)
    {
        using var client = new CoaClient(scene.Gateway);
        return await client.AskAsync(CoaClient.Change(packet =>
        {
            packet.UserName = "alice";
            fill(packet);
        }));
    }

    private static async Task RestartAsync(RenewalScene scene, bool isRestarted)
    {
        if (isRestarted)
        {
            await scene.Gateway.RestartAsync();
        }
    }

    private async Task<RenewalScene> RenewedAsync()
    {
        var scene = await RenewalScene.StartAsync(
            StorageProvider.Sqlite,
            postgres,
            _ => Replies.Accept(),
            opening => opening with { Limits = new SessionLimits { SessionTimeout = TimeSpan.FromSeconds(Longest) } });
        scene.Gateway.Time.Advance(TimeSpan.FromSeconds(Longest - 1));
        scene.Session!.Traffic.Add(5000, 3000, scene.Gateway.Time.GetTimestamp());
        await scene.ComeToTheEndAsync(1);
        await scene.WaitAsync(() => scene.Session?.Limits.SessionTimeout == TimeSpan.FromSeconds(2 * Longest));
        scene.Gateway.Time.Advance(TimeSpan.FromMinutes(5));
        return scene;
    }
}
