using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Insight.Story;

/// <summary>Tells by a few indexed questions whether a session's story has grown, so that who watches it need not read it again and again.</summary>
public sealed class SessionPulse(IDbContextFactory<GatewayDbContext> contexts)
{
    /// <summary>Another text where there is another story.</summary>
    public async Task<string> ReadAsync(string acctSessionId, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var line = await database.Set<SessionEvent>().Where(row => row.AcctSessionId == acctSessionId).MaxAsync(row => (long?)row.Id, cancellationToken).ConfigureAwait(false);
            var decision = await database.Set<PolicyDecision>().Where(row => row.AcctSessionId == acctSessionId).MaxAsync(row => (long?)row.Id, cancellationToken).ConfigureAwait(false);
            var delivery = await database.Set<AccountingDelivery>().Where(row => row.AcctSessionId == acctSessionId).MaxAsync(row => (long?)row.Id, cancellationToken).ConfigureAwait(false);
            var waiting = await database.Set<AccountingRecord>().CountAsync(row => row.AcctSessionId == acctSessionId, cancellationToken).ConfigureAwait(false);
            var ended = await database.Set<Session>().Where(row => row.AcctSessionId == acctSessionId).Select(row => row.EndedAt).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return string.Create(CultureInfo.InvariantCulture, $"{line} {decision} {delivery} {waiting} {ended:O}");
        }
    }
}
