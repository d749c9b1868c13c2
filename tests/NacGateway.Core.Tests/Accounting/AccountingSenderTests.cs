using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
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
}
