using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Accounting;

public sealed class DeliveryHistoryTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task What_the_outbox_forgets_the_history_keeps(StorageProvider provider)
    {
        await using var rig = await AccountingRig.StartAsync(postgres, provider);
        var session = await rig.Gateway.OpenAsync(Openings.Of());
        await rig.Gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.UserRequest, Token);

        await rig.UntilDeliveredAsync();

        var kept = await rig.Gateway.ReadAsync(database => database.Set<AccountingDelivery>().OrderBy(delivery => delivery.Id).ToListAsync(Token));
        Assert.Equal([AcctStatusType.Start, AcctStatusType.Stop], kept.Select(delivery => delivery.Status));
        Assert.All(kept, delivery =>
        {
            Assert.Equal((session.AcctSessionId, "first"), (delivery.AcctSessionId, delivery.ServerName));
            Assert.InRange(delivery.DeliveredAt, delivery.EventAt, rig.Gateway.Time.GetUtcNow());
        });
    }
}
